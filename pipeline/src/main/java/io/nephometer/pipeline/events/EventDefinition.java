// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.pipeline.grammar.FieldException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which traits the events of some types have.
 *
 * @param included patterns of which one must match the event type
 * @param excluded patterns of which none may
 * @param traits with unique names, the default traits first
 */
public record EventDefinition(List<Glob> included, List<Glob> excluded, List<TraitDefinition> traits) {
    public EventDefinition {
        included = List.copyOf(included);
        excluded = List.copyOf(excluded);
        traits = List.copyOf(traits);
    }

    /** Whether this is for every type there is. */
    public boolean isCatchAll() {
        return excluded.isEmpty() && included.stream().anyMatch(Glob::isStar);
    }

    boolean matches(String eventType) {
        return included.stream().anyMatch(glob -> glob.matches(eventType))
                && excluded.stream().noneMatch(glob -> glob.matches(eventType));
    }

    /**
     * The traits of a notification.
     *
     * @throws TraitFault if one of them cannot be made
     */
    public List<Trait> traitsOf(Object tree) throws TraitFault {
        List<Trait> found = new ArrayList<>(traits.size());
        for (TraitDefinition trait : traits) {
            try {
                TraitValue value = trait.value(tree);
                if (value != null) {
                    found.add(new Trait(trait.name(), value));
                }
            } catch (FieldException e) {
                throw new TraitFault(trait.name(), String.valueOf(e.getMessage()));
            }
        }
        return found;
    }
}
