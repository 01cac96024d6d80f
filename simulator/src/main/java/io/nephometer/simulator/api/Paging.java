// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import io.nephometer.simulator.http.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Links to further pages. */
public final class Paging {
    private Paging() {}

    /** The client's own parameters by name, with the marker of the next page: so Nova and Glance write their links. */
    public static String next(String url, Query query, String marker) {
        List<Query.Parameter> parameters = new ArrayList<>(query.parameters());
        parameters.sort(Comparator.comparing(Query.Parameter::name));
        Query.Parameter next = new Query.Parameter("marker", marker);
        boolean replaced = false;
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals("marker")) {
                parameters.set(i, next);
                replaced = true;
            }
        }
        if (!replaced) {
            parameters.add(next);
        }
        return url + "?" + new Query(parameters);
    }
}
