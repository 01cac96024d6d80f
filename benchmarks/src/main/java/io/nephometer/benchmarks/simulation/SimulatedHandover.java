// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import io.nephometer.model.Slot;
import io.nephometer.sources.polling.duty.Handed;
import io.nephometer.sources.polling.duty.Order;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * How an agent hands over what it measured and tells what is missing: to the ledger, or else to its disk, which may be full. What neither
 * takes is tried again: measurements until their slot ends, what is missing for as long as the agent lives.
 */
final class SimulatedHandover {
    private static final Duration BRIEF = Duration.ofMillis(2);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration EARLY = Duration.ofSeconds(5);

    private final SimulatedAgent agent;
    private final SimulatedMember machine;
    private final World world;
    private final Set<Mutation> mutations;
    private final SimulatedLedger ledger;
    private final Account account;
    /** In memory alone. */
    private final Deque<Order.Tell> untold = new ArrayDeque<>();

    private boolean telling;

    SimulatedHandover(
            SimulatedAgent agent,
            SimulatedMember machine,
            World world,
            Set<Mutation> mutations,
            SimulatedLedger ledger,
            Account account) {
        this.agent = agent;
        this.machine = machine;
        this.world = world;
        this.mutations = mutations;
        this.ledger = ledger;
        this.account = account;
    }

    void deliver(Order.Deliver order) {
        Slot slot = order.measurements().slot();
        Account.Done done = new Account.Done(order.unit(), slot, order.tenure());
        if (mutations.contains(Mutation.EARLY_ACKNOWLEDGEMENT)) {
            account.accepted(done);
            agent.delivered(order, new Handed.Accepted());
            agent.later(world.between(Duration.ofMillis(1), EARLY), () -> write(done));
        } else {
            hand(order, done);
        }
    }

    private void hand(Order.Deliver order, Account.Done done) {
        agent.toLedger(() -> commit(done), handed -> {
            if (handed != null) {
                taken(order, done, handed);
            } else if (machine.diskTakes()) {
                keep(() -> bring(done));
                account.accepted(done);
                agent.delivered(order, new Handed.Accepted());
            } else if (agent.now().isBefore(done.slot().end())) {
                agent.later(RETRY, () -> hand(order, done));
            } else {
                agent.delivered(order, new Handed.Lost("neither the ledger nor the disk took it"));
            }
        });
    }

    private void taken(Order.Deliver order, Account.Done done, Handed handed) {
        if (handed instanceof Handed.Accepted) {
            account.accepted(done);
        } else {
            agent.fenced(done.unit(), done.tenure());
        }
        agent.delivered(order, handed);
    }

    /** From disk. */
    private void bring(Account.Done done) {
        if (commit(done) instanceof Handed.Fenced) {
            agent.later(BRIEF, () -> agent.fenced(done.unit(), done.tenure()));
        }
    }

    private void write(Account.Done done) {
        agent.toLedger(() -> commit(done), handed -> {
            if (handed == null) {
                agent.later(RETRY, () -> write(done));
            }
        });
    }

    private Handed commit(Account.Done done) {
        long id = mutations.contains(Mutation.RANDOM_IDS) ? world.id() : 0;
        Handed handed = ledger.commit(done.unit(), done.slot(), id, done.tenure(), world.time());
        if (handed instanceof Handed.Fenced) {
            account.fenced(done);
        }
        return handed;
    }

    void tell(Order.Tell tell) {
        untold.add(tell);
        if (!telling) {
            telling = true;
            tellNext();
        }
    }

    private void tellNext() {
        Order.Tell next = untold.peek();
        if (next == null) {
            telling = false;
            return;
        }
        agent.toLedger(() -> tellLedger(next), told -> {
            boolean kept = told == null && machine.diskTakes();
            if (kept) {
                keep(() -> tellLedger(next));
            }
            if (told != null || kept || mutations.contains(Mutation.TELLING_ONCE)) {
                untold.remove();
                agent.later(BRIEF, this::tellNext);
            } else {
                agent.later(RETRY, this::tellNext);
            }
        });
    }

    private boolean tellLedger(Order.Tell tell) {
        ledger.missing(tell.unit(), tell.slot(), tell.why());
        return true;
    }

    /** On disk, until the ledger has taken it. */
    private void keep(Runnable what) {
        machine.disk().add(what);
    }

    /** Hands the oldest thing on disk to the ledger; it stays there until the ledger's answer came. */
    void drain() {
        Runnable first = machine.disk().peek();
        if (first == null) {
            agent.later(RETRY, this::drain);
            return;
        }
        agent.toLedger(
                () -> {
                    first.run();
                    return true;
                },
                taken -> {
                    if (taken != null) {
                        machine.disk().remove(first);
                    }
                    agent.later(BRIEF, this::drain);
                });
    }
}
