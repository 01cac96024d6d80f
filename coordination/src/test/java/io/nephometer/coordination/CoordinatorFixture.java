// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

/** One coordinator, as processes see it. */
public interface CoordinatorFixture {
    /** The view of another process; closed with the fixture. */
    Coordinator open();

    /** Lets the lease of one member end, as if it had not beaten for so long; those of others go on. */
    void endLease(Member member) throws Exception;
}
