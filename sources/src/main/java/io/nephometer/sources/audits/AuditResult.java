// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

/** How an audit of one period and share went. */
public sealed interface AuditResult {
    /** It is done: how many events it told, and what became of them. */
    record Done(int told, AuditSink.Taken taken) implements AuditResult {}

    /** It has to wait: what is known may not be complete yet. */
    record Held(String why) implements AuditResult {}

    /** What happened so long ago is not known, and never will be. */
    record NotKnown(String why) implements AuditResult {}

    /** It is done already, or another does it. */
    record Taken() implements AuditResult {}

    /** Another has taken over meanwhile, who goes on from where this was. */
    record Lost() implements AuditResult {}

    /** It broke off, and goes on when it is tried again. */
    record Failed(String why) implements AuditResult {}
}
