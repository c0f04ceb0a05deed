// A process that has a type service running, for a test that kills it.
import { createTypeService } from "../../kernel/language/type-service.js";

const service = createTypeService({ folder: process.cwd(), deadline: 50_000 });
await service.complete("Math.", 5);
process.stdout.write("running\n");
setInterval(() => undefined, 1000);
