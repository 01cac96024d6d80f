// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.LongStringHelper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertiesJsonTest {
    @Test
    void whatOpenStackSendsIsKeptUnderItsNames() {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .headers(Map.of())
                .deliveryMode(2)
                .priority(0)
                .build();
        assertThat(PropertiesJson.of(properties))
                .isEqualTo(Map.of(
                        "content_type",
                        "application/json",
                        "content_encoding",
                        "utf-8",
                        "headers",
                        Map.of(),
                        "delivery_mode",
                        2L,
                        "priority",
                        0L));
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // the library's type
    void everyKindOfHeaderBecomesJson() {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("text", LongStringHelper.asLongString("größe"));
        headers.put("int", 7);
        headers.put("short", (short) 8);
        headers.put("float", 0.5f);
        headers.put("double", 0.25);
        headers.put("truth", true);
        headers.put("decimal", new BigDecimal("1.10"));
        headers.put("time", Date.from(Instant.parse("2026-03-01T10:00:00Z")));
        headers.put("bytes", new byte[] {1, 2});
        headers.put("list", List.of(1, LongStringHelper.asLongString("a")));
        headers.put("map", Map.of("k", 1L));
        headers.put("nothing", null);

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("text", "größe");
        expected.put("int", 7L);
        expected.put("short", 8L);
        expected.put("float", 0.5);
        expected.put("double", 0.25);
        expected.put("truth", true);
        expected.put("decimal", "1.10");
        expected.put("time", "2026-03-01T10:00:00Z");
        expected.put("bytes", "AQI=");
        expected.put("list", List.of(1L, "a"));
        expected.put("map", Map.of("k", 1L));
        expected.put("nothing", null);
        AMQP.BasicProperties properties =
                new AMQP.BasicProperties.Builder().headers(headers).build();
        assertThat(PropertiesJson.of(properties)).isEqualTo(Map.of("headers", expected));
    }
}
