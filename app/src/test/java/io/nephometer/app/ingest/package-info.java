// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.app.ingest;

import org.jspecify.annotations.NullMarked;
