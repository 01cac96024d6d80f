// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What libvirt's statistics say that somebody needs, by the names of the typed parameters without their index. */
enum Quantity {
    STATE("state.state"),
    CPU_TIME("cpu.time"),
    BALLOON_CURRENT("balloon.current"),
    BALLOON_AVAILABLE("balloon.available"),
    BALLOON_USABLE("balloon.usable"),
    BALLOON_UNUSED("balloon.unused"),
    BALLOON_RSS("balloon.rss"),
    BALLOON_SWAP_IN("balloon.swap_in"),
    BALLOON_SWAP_OUT("balloon.swap_out"),
    VCPU_CURRENT("vcpu.current"),
    VCPU_MAXIMUM("vcpu.maximum"),
    VCPU_TIME("vcpu.#.time"),
    VCPU_WAIT("vcpu.#.wait"),
    NET_COUNT("net.count"),
    NET_NAME("net.#.name"),
    NET_RX_BYTES("net.#.rx.bytes"),
    NET_RX_PACKETS("net.#.rx.pkts"),
    NET_RX_ERRORS("net.#.rx.errs"),
    NET_RX_DROPS("net.#.rx.drop"),
    NET_TX_BYTES("net.#.tx.bytes"),
    NET_TX_PACKETS("net.#.tx.pkts"),
    NET_TX_ERRORS("net.#.tx.errs"),
    NET_TX_DROPS("net.#.tx.drop"),
    BLOCK_COUNT("block.count"),
    BLOCK_NAME("block.#.name"),
    BLOCK_PATH("block.#.path"),
    BLOCK_INDEX("block.#.backingIndex"),
    BLOCK_RD_REQUESTS("block.#.rd.reqs"),
    BLOCK_RD_BYTES("block.#.rd.bytes"),
    BLOCK_RD_TIMES("block.#.rd.times"),
    BLOCK_WR_REQUESTS("block.#.wr.reqs"),
    BLOCK_WR_BYTES("block.#.wr.bytes"),
    BLOCK_WR_TIMES("block.#.wr.times"),
    BLOCK_ALLOCATION("block.#.allocation"),
    BLOCK_CAPACITY("block.#.capacity"),
    BLOCK_PHYSICAL("block.#.physical"),
    /** Any hardware counter; which one is the rest of the name. */
    PERF("perf.");

    static final int COUNT = values().length;

    private static final Map<String, Quantity> BY_PATTERN =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(it -> it.pattern, Function.identity()));

    private final String pattern;

    Quantity(String pattern) {
        this.pattern = pattern;
    }

    boolean isText() {
        return this == NET_NAME || this == BLOCK_NAME;
    }

    /** The quantity of a name whose index is replaced by {@code #}; null if nobody needs it. */
    static @Nullable Quantity of(String pattern) {
        return pattern.startsWith(PERF.pattern) ? PERF : BY_PATTERN.get(pattern);
    }
}
