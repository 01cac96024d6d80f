// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.inventory.Instance;
import io.nephometer.model.UserMetadataRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what samples of an instance say of it, where that is known of the instance but its domain is elsewhere: the same that discovery
 * by the hypervisor's list would have said there.
 */
public final class LateMetadata {
    private final MetadataWriter writer;

    public LateMetadata(UserMetadataRule userMetadata) {
        writer = new MetadataWriter(userMetadata);
    }

    /**
     * The metadata of an instance.
     *
     * @param project whose it is
     * @param told the short form of what its domain tells, see {@link DomainFacts}
     * @param known null if nobody but its domain knows it
     */
    public InstanceMetadata of(String id, @Nullable String project, Map<?, ?> told, @Nullable Instance known) {
        Facts domain = DomainFacts.read(id, project, told);
        return writer.write(known == null ? domain : domain.completedBy(known));
    }
}
