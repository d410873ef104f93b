using System.CommandLine;
using Governance.Audit;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Scheduling;
using Governance.Registry;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Governance.Portal.Features.Schedules;

/// <summary><c>governance worker</c>: works through audits and schedules beside the portal and other workers, until it is stopped.</summary>
internal static class WorkerCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "worker", "Work through audits and schedules beside the portal; any number of workers share them on PostgreSQL.", RunAsync,
        DataOptions.Data, DataOptions.Connection, DataOptions.MostDataset);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        RegistryOptions options = DataOptions.Read(context.Arguments);
        if (!options.IsPostgreSql)
        {
            throw new InputException(
                "Workers share audits on PostgreSQL: name it with --connection. On SQLite the portal works through its audits itself, one process alone.");
        }

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "governance" });
        builder.Logging.AddConsole().AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRegistry(options).AddAudit(QuarantineCommand.Options);

        // What watches answers belongs to the process that gives them: here only the queue and the schedules run.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AuditQueue>());
        builder.Services.AddScheduleClock(options);
        using IHost host = builder.Build();
        if (!await host.Services.GetRequiredService<MigrateDatabase>().IsCurrentAsync(cancellationToken))
        {
            throw new InputException("The database has another schema than this program. Run 'governance migrate' first.");
        }

        await host.StartAsync(cancellationToken);
        await context.People.WriteLineAsync("Governance works through audits. Ctrl+C stops it.");
        await host.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
