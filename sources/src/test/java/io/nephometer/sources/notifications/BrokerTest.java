// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerTest {
    @Test
    void oneUrlNamesSeveralBrokers() {
        assertThat(Broker.parse("amqp://me:word@one:5673,two/cloud"))
                .containsExactly(
                        new Broker("one", 5673, "me", "word", "cloud", false),
                        new Broker("two", 5672, "me", "word", "cloud", false));
    }

    @Test
    void eachBrokerMayHaveItsOwnUserAsInOpenStack() {
        assertThat(Broker.parse("rabbit://a:1@one:5672,b:2@two:5672//"))
                .containsExactly(
                        new Broker("one", 5672, "a", "1", "/", false), new Broker("two", 5672, "b", "2", "/", false));
    }

    @Test
    void tlsHasItsOwnSchemeAndPort() {
        assertThat(Broker.parse("AMQPS://[::1]")).containsExactly(new Broker("::1", 5671, "guest", "guest", "/", true));
    }

    @Test
    void partsArePercentEncoded() {
        assertThat(Broker.parse("amqp://m%40e:a%2Fb:c+d@host/%2Fnova"))
                .containsExactly(new Broker("host", 5672, "m@e", "a/b:c+d", "/nova", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://host", "amqp://host/", "amqp://host:5672/%2F"})
    void theVirtualHostIsTheRootUnlessNamed(String url) {
        assertThat(Broker.parse(url).getFirst().virtualHost()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:5672",
                "http://host",
                "amqp://",
                "amqp://me:secret@one,,two",
                "amqp://me:secret@one:notaport",
                "amqp://me:secret@one:99999",
                "amqp://me:secret@:5672",
                "amqp://me:secret%zz@one"
            })
    void whatIsNoAddressIsRefusedWithoutShowingThePassword(String url) {
        assertThatThrownBy(() -> Broker.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("secret");
    }

    @Test
    void thePasswordMayComeFromElsewhere() {
        assertThat(Broker.parse("rabbit://me@host").getFirst().withPassword("word"))
                .isEqualTo(new Broker("host", 5672, "me", "word", "/", false));
    }

    @Test
    void itPrintsWithoutThePassword() {
        assertThat(Broker.parse("amqps://me:word@[::1]:99/v").getFirst()).hasToString("amqps://me:***@[::1]:99/v");
    }
}
