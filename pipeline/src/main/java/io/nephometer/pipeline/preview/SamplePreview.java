// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.preview;

import io.nephometer.pipeline.jsonpath.PythonText;
import io.nephometer.pipeline.meters.DerivedSample;
import io.nephometer.pipeline.meters.Dropped;
import io.nephometer.pipeline.meters.SampleDerivation;
import io.nephometer.pipeline.meters.SampleDeriver;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The samples of a notification, and why some are missing. */
final class SamplePreview {
    private static final Comparator<DerivedSample> ORDER = Comparator.comparing(
                    (DerivedSample sample) -> PythonText.str(sample.name()))
            .thenComparing(sample -> PythonText.str(sample.resourceId()))
            .thenComparing(sample -> PythonText.str(sample.volume()));

    private final SampleDeriver deriver;

    SamplePreview(SampleDeriver deriver) {
        this.deriver = deriver;
    }

    /**
     * Samples in plain form.
     *
     * @param dropped names of the meters without a usable volume
     */
    record Found(List<Map<String, @Nullable Object>> samples, List<String> dropped) {
        static final Found NOTHING = new Found(List.of(), List.of());
    }

    /** @throws PreviewFailure if a definition cannot be applied */
    Found of(Map<String, @Nullable Object> tree, String priority, List<String> remarks) throws PreviewFailure {
        if (!SampleDeriver.takes(priority)) {
            remarks.add("samples: notifications of the priority \"" + priority
                    + "\" give none; those of info and sample do");
            return Found.NOTHING;
        }
        String type = NotificationPreview.eventType(tree);
        return switch (deriver.derive(type, tree)) {
            case SampleDerivation.Failed(String meter, String detail) ->
                throw new PreviewFailure("meter " + meter + ": " + detail + "; no meter has samples then");
            case SampleDerivation.Derived(List<DerivedSample> samples, List<Dropped> dropped) -> {
                dropped.forEach(one -> remarks.add(one.text()));
                if (samples.isEmpty() && deriver.definitionsFor(type) == 0) {
                    remarks.add("samples: no meter definition is for " + type);
                }
                yield new Found(
                        samples.stream().sorted(ORDER).map(SamplePreview::json).toList(),
                        dropped.stream()
                                .filter(one -> one.reason().isAboutVolume())
                                .map(Dropped::meter)
                                .toList());
            }
        };
    }

    private static Map<String, @Nullable Object> json(DerivedSample sample) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", sample.name());
        map.put("type", sample.type());
        map.put("unit", sample.unit());
        map.put("volume", sample.volume());
        map.put("resource_id", sample.resourceId());
        map.put("project_id", sample.projectId());
        map.put("user_id", sample.userId());
        map.put("timestamp", sample.timestamp().text());
        map.put("source", "openstack");
        map.put("metadata", sample.metadata());
        return map;
    }
}
