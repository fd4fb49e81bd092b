"""Rules on Durable Task Schedulers: hubs that are there, roles on them, quotas, who may reach them, what they keep."""
