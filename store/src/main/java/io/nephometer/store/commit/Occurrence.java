// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Existence;
import io.nephometer.model.Sample;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That an instance existed in a period, as a message says it. It is metered once, whoever says it first and in whichever form; what others say
 * is kept and compared.
 *
 * @param key of the message
 * @param facts what is compared, in the order of names; see {@link TraitsJson}
 */
record Occurrence(Key of, UUID key, String facts) {
    /** The natural key. Times in microseconds since the epoch. */
    record Key(String resource, long begin, long end) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::resource)
                .thenComparingLong(Key::begin)
                .thenComparingLong(Key::end);

        @Override
        public int compareTo(Key that) {
            return ORDER.compare(this, that);
        }
    }

    /** What an entry says; null if it says no such thing, or gives no samples that could be counted twice. */
    static @Nullable Occurrence of(@Nullable Existence existence, List<Sample> samples, UUID key)
            throws UnstorableException {
        if (existence == null || samples.isEmpty()) {
            return null;
        }
        Key of = new Key(
                StorableText.name("the instance of an audited period", existence.instance()),
                StorableText.micros("the beginning of a period", existence.begin()),
                StorableText.micros("the end of a period", existence.end()));
        return new Occurrence(of, key, facts(existence));
    }

    /** What is only compared must not be what a message is refused for. */
    private static String facts(Existence existence) throws UnstorableException {
        return TraitsJson.write(existence.facts().stream()
                .map(fact -> fact.value() instanceof TraitValue.Text(String text)
                        ? new Trait(fact.name(), new TraitValue.Text(StorableText.cleaned(text)))
                        : fact)
                .toList());
    }
}
