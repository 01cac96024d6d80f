// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.util.List;
import java.util.Set;

/**
 * What a cell database says of a period that is over: how instances are, and of which it is not known how they were.
 *
 * @param instances that lived in the period, each as it is now, ordered by row
 * @param resized those of them that may have had another size at the end of the period
 * @param launchedAnew instances that are not among them since they were launched after the period, as they also may have been before: a
 *     row tells the last time alone. None of them is gone by the period's begin
 */
public record CellWindow(List<CellInstance> instances, Set<String> resized, List<CellInstance> launchedAnew) {
    public CellWindow {
        instances = List.copyOf(instances);
        resized = Set.copyOf(resized);
        launchedAnew = List.copyOf(launchedAnew);
    }
}
