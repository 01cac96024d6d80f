// SPDX-License-Identifier: Apache-2.0
/** The configuration file nephometer.yaml as records. */
@NullMarked
package io.nephometer.app.config;

import org.jspecify.annotations.NullMarked;
