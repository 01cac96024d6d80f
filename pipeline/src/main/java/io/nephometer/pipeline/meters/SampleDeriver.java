// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.model.UserMetadataRule;
import io.nephometer.pipeline.decode.Notification;
import io.nephometer.pipeline.grammar.FieldException;
import io.nephometer.pipeline.grammar.TypeIndex;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives samples from notifications. Immutable and thread-safe; which definitions are for which event type is looked up once
 * per type.
 */
public final class SampleDeriver {
    private static final Set<String> PRIORITIES = Set.of("info", "sample");
    private static final SampleDerivation NOTHING = new SampleDerivation.Derived(List.of(), List.of());

    private final TypeIndex<List<MeterDefinition>> index;
    private final UserMetadataRule userMetadata;

    /** @param meters all those that match a type are for it, in their order */
    public SampleDeriver(MeterDefinitions meters, UserMetadataRule userMetadata) {
        List<MeterDefinition> definitions = meters.definitions();
        this.index = new TypeIndex<>(type -> definitions.stream()
                .filter(definition -> definition.matches(type))
                .toList());
        this.userMetadata = userMetadata;
    }

    /** Whether notifications of this priority, in lower case, give samples. */
    public static boolean takes(String priority) {
        return PRIORITIES.contains(priority);
    }

    /** The samples of a notification. */
    public SampleDerivation derive(Notification notification) {
        return takes(notification.priority()) ? derive(notification.eventType(), notification.tree()) : NOTHING;
    }

    /**
     * The samples of a notification of any priority.
     *
     * @param tree as in {@link Notification#tree}
     */
    public SampleDerivation derive(String eventType, Map<String, @Nullable Object> tree) {
        List<MeterDefinition> definitions;
        try {
            definitions = index.of(eventType);
        } catch (FieldException e) {
            return new SampleDerivation.Failed("of any name", String.valueOf(e.getMessage()));
        }
        if (definitions.isEmpty() && !IpmiSensors.areIn(eventType)) {
            return NOTHING;
        }
        DefinitionRun run = new DefinitionRun(new NotificationView(tree), userMetadata);
        for (MeterDefinition definition : definitions) {
            try {
                run.apply(definition);
            } catch (FieldException e) {
                return new SampleDerivation.Failed(definition.label(), String.valueOf(e.getMessage()));
            }
        }
        return IpmiSensors.areIn(eventType) ? withSensors(run) : run.result();
    }

    private static SampleDerivation withSensors(DefinitionRun run) {
        try {
            run.addSensors();
            return run.result();
        } catch (FieldException e) {
            return new SampleDerivation.Failed("hardware.ipmi", String.valueOf(e.getMessage()));
        }
    }

    /** How many definitions are for events of this type, what is built in for it counted as one. */
    public int definitionsFor(String eventType) {
        return index.of(eventType).size() + (IpmiSensors.areIn(eventType) ? 1 : 0);
    }
}
