// Swagger UI over this server's own document; it asks no other host.
window.SwaggerUIBundle({
  url: new URL('openapi.json', document.baseURI).href,
  dom_id: '#interface',
  deepLinking: true,
  validatorUrl: null,
});
