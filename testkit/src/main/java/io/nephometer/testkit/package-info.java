// SPDX-License-Identifier: Apache-2.0
/** Recorded data, fakes and contract suites that the tests of every module share. */
@NullMarked
package io.nephometer.testkit;

import org.jspecify.annotations.NullMarked;
