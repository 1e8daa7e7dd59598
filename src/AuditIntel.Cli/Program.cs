using AuditIntel.Cli.Commands;

return await AuditIntelProgram.RunAsync(args, Console.Out, Console.Error);
