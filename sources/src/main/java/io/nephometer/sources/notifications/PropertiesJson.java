// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.LongString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * AMQP properties as JSON values under their names in the standard ({@code delivery_mode}); absent ones are left out. A time is
 * ISO 8601 text, binary is Base64 text, and a decimal too long for a float is text.
 */
final class PropertiesJson {
    private PropertiesJson() {}

    static Map<String, @Nullable Object> of(AMQP.BasicProperties properties) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        put(json, "content_type", properties.getContentType());
        put(json, "content_encoding", properties.getContentEncoding());
        put(json, "headers", properties.getHeaders());
        put(json, "delivery_mode", properties.getDeliveryMode());
        put(json, "priority", properties.getPriority());
        put(json, "correlation_id", properties.getCorrelationId());
        put(json, "reply_to", properties.getReplyTo());
        put(json, "expiration", properties.getExpiration());
        put(json, "message_id", properties.getMessageId());
        put(json, "timestamp", properties.getTimestamp());
        put(json, "type", properties.getType());
        put(json, "user_id", properties.getUserId());
        put(json, "app_id", properties.getAppId());
        put(json, "cluster_id", properties.getClusterId());
        return json;
    }

    private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value(value));
        }
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case LongString text -> new String(text.getBytes(), StandardCharsets.UTF_8);
            case String text -> text;
            case Boolean truth -> truth;
            case Date date -> date.toInstant().toString();
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case BigDecimal decimal -> decimal.toString();
            case BigInteger integer -> integer;
            case Float number -> number.doubleValue();
            case Double number -> number;
            case Number number -> number.longValue();
            case Map<?, ?> map -> map(map);
            case List<?> list -> list(list);
            default -> value.toString();
        };
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        map.forEach((key, element) -> json.put(String.valueOf(key), value(element)));
        return json;
    }

    private static List<@Nullable Object> list(List<?> list) {
        List<@Nullable Object> json = new ArrayList<>();
        list.forEach(element -> json.add(value(element)));
        return json;
    }
}
