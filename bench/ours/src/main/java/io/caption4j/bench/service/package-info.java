/** Clients that load the service, and count what it answers. */
package io.caption4j.bench.service;
