// SPDX-License-Identifier: Apache-2.0
/** The steps that every notification takes, each alone, measured by JMH beside Jackson's parsing of the same notification. */
@NullMarked
package io.nephometer.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
