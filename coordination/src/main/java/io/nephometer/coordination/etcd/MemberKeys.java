// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Presence;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Members as keys: {@code <prefix>members/<name>/<incarnation>}, the name percent-encoded; the value is what it takes part in, separated by
 * commas.
 */
record MemberKeys(String prefix) {
    private static final String SEPARATOR = ",";

    /** What all keys of members begin with. */
    ByteSequence all() {
        return EtcdConnection.bytes(beginning());
    }

    private String beginning() {
        return prefix + "members/";
    }

    ByteSequence key(Member member) {
        String name = URLEncoder.encode(member.name(), StandardCharsets.UTF_8);
        return EtcdConnection.bytes(beginning() + name + "/" + member.incarnation());
    }

    ByteSequence value(Member member) {
        return EtcdConnection.bytes(String.join(SEPARATOR, member.groups()));
    }

    /** Empty for a key that nobody of us wrote. */
    Optional<Presence> presence(KeyValue pair) {
        String key = pair.getKey().toString(StandardCharsets.UTF_8);
        String[] parts = key.substring(beginning().length()).split("/", -1);
        String groups = pair.getValue().toString(StandardCharsets.UTF_8);
        try {
            if (parts.length != 2) {
                return Optional.empty();
            }
            Set<String> set = groups.isEmpty() ? Set.of() : Set.of(groups.split(SEPARATOR, -1));
            String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
            return Optional.of(new Presence(new Member(name, parts[1], set), pair.getCreateRevision()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
