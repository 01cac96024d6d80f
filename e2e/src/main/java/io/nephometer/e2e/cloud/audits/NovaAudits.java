// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import static io.nephometer.openstack.api.ServiceType.COMPUTE;

import io.nephometer.e2e.cloud.rest.Fields;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.model.Period;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * What Nova says of its own audits of the last period that is over.
 *
 * @param isOfPeriod whether that is the one that is meant
 * @param hosts how many audit
 * @param done how many of them have
 * @param instances that they told
 */
record NovaAudits(boolean isOfPeriod, long hosts, long done, long instances) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    static NovaAudits look(RestCloud cloud, Period period) throws IOException, InterruptedException {
        Map<?, ?> log =
                Fields.map(cloud.get(COMPUTE, "/os-instance_usage_audit_log").get("instance_usage_audit_logs"));
        boolean same = TIME.format(period.begin()).equals(log.get("period_beginning"))
                && TIME.format(period.end()).equals(log.get("period_ending"));
        return new NovaAudits(
                same, number(log, "num_hosts"), number(log, "num_hosts_done"), number(log, "total_instances"));
    }

    private static long number(Map<?, ?> log, String name) {
        return log.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean isDone() {
        return isOfPeriod && hosts > 0 && done == hosts;
    }
}
