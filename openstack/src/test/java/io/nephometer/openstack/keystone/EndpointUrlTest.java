// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.api.ServiceType;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointUrlTest {
    @ParameterizedTest
    @CsvSource({
        "compute, http://h:8774/v2.1, http://h:8774/v2.1",
        "compute, http://h:8774/v2.1/, http://h:8774/v2.1",
        "compute, http://h:8774/v2.1/e91dc3e80d51, http://h:8774/v2.1",
        "compute, https://h/compute, https://h/compute/v2.1",
        "compute, https://h/compute/v2.1, https://h/compute/v2.1",
        "image, http://h:9292, http://h:9292/v2",
        "image, http://h:9292/v2/, http://h:9292/v2",
        "image, https://h/image, https://h/image/v2",
        "identity, https://h/identity/v2.0, https://h/identity/v3",
        "volumev3, http://h:8776/v3/e91dc3e80d51, http://h:8776/v3/e91dc3e80d51",
        "network, http://h:9696/, http://h:9696/v2.0",
        "network, http://h/networking/v2.0, http://h/networking/v2.0",
        "object-store, http://h:8080/v1/AUTH_e91dc3e80d51, http://h:8080/v1",
        "object-store, https://h/swift/v1, https://h/swift/v1",
        "load-balancer, http://h:9876/, http://h:9876"
    })
    void bringsEndpointsIntoOneForm(ServiceType service, String url, URI expected) {
        assertThat(EndpointUrl.of(service, url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:8774/v2.1/, h:8774",
        "https://h:8774/v2/e91dc3e80d51, h:8774",
        "https://h/compute/v2.1, h/compute",
        "no url, otherwise"
    })
    void namesThePlaceWithoutWhatTwoUsersSeeDifferently(String url, String expected) {
        assertThat(EndpointUrl.place(url, "otherwise")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:5000, http://h:5000/v3",
        "http://h:5000/, http://h:5000/v3",
        "http://h:5000/v3, http://h:5000/v3",
        "http://h:5000/v3/, http://h:5000/v3",
        "http://h:5000/v2.0, http://h:5000/v3",
        "https://h/identity, https://h/identity/v3"
    })
    void findsVersionThreeOfKeystone(URI url, URI expected) {
        assertThat(EndpointUrl.identity(url)).isEqualTo(expected);
    }
}
