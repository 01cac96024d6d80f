// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.model.MeterType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One dynamic pollster that can be used.
 *
 * @param name of the pollster; of its meter too, unless it has several
 * @param place {@code file:line}, for messages
 * @param namespaces kinds of agents that run it: {@code central}
 */
public record DynamicPollsterDefinition(
        String name,
        String place,
        MeterType type,
        String unit,
        Set<String> namespaces,
        Request request,
        Entries entries,
        Values values,
        Identity identity,
        Metadata metadata,
        Enrichment enrichment) {
    public DynamicPollsterDefinition {
        namespaces = Set.copyOf(namespaces);
    }

    /** Whether another begins with the same request, so that one answer serves both. */
    public boolean asksAs(DynamicPollsterDefinition other) {
        return request.target().isSame(other.request.target())
                && request.headers().equals(other.request.headers());
    }

    /**
     * What is asked.
     *
     * @param handlers how the answer may be read, in the order in which they are tried
     */
    public record Request(
            Target target, Map<String, String> headers, Duration timeout, List<ResponseHandler> handlers) {
        public Request {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
            handlers = List.copyOf(handlers);
        }
    }

    /**
     * Where the entries are.
     *
     * @param key null for what the first key of the answer holds
     * @param next leads to the next page; null if there are none
     */
    public record Entries(
            @Nullable Extraction key, @Nullable Extraction next) {}

    /**
     * What becomes volume.
     *
     * @param mapping volumes by values; empty to leave them as they are
     * @param fallback the volume of a value that has no mapping
     * @param skipped values, and names of sub-metrics, that give no sample
     */
    public record Values(
            VolumeSource source,
            Map<Object, @Nullable Object> mapping,
            @Nullable Object fallback,
            List<@Nullable Object> skipped) {
        public Values {
            mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
            skipped = Collections.unmodifiableList(new ArrayList<>(skipped));
        }
    }

    /** Whose and what it is; null where the entry has the usual key. */
    public record Identity(
            @Nullable Extraction user,
            @Nullable Extraction project,
            @Nullable Extraction resource) {}

    /**
     * What is told beside the volume.
     *
     * @param renamed new keys by old ones
     * @param keepsOld whether a renamed field is there under its old key too
     */
    public record Metadata(List<Extraction> fields, Map<String, String> renamed, boolean keepsOld) {
        public Metadata {
            fields = List.copyOf(fields);
            renamed = Collections.unmodifiableMap(new LinkedHashMap<>(renamed));
        }
    }

    /**
     * Further requests that add metadata to each sample.
     *
     * @param cached how long an answer may be used again; zero for never
     * @param skipped samples that hold one of these are left as they are
     */
    public record Enrichment(
            List<DynamicPollsterDefinition> fields, Duration cached, List<Map<String, @Nullable Object>> skipped) {
        public Enrichment {
            fields = List.copyOf(fields);
            skipped = List.copyOf(skipped);
        }
    }
}
