"""The API's frame (接口框架): who calls, one error shape, the OpenAPI description."""
