// SPDX-License-Identifier: Apache-2.0
/** TLS towards a server, by files in PEM form. */
@NullMarked
package io.nephometer.runtime.tls;

import org.jspecify.annotations.NullMarked;
