using System.CommandLine;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Scheduling;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Portal.Features.Storage;

/// <summary><c>governance migrate</c>: brings the database up to this program's schema, as every start does.</summary>
internal static class MigrateCommand
{
    private static readonly Option<string?> GrantTo = new("--grant-to")
    {
        Description = "PostgreSQL: the role that the portal runs as; it gets what it needs and cannot rewrite what is only added to.",
        HelpName = "ROLE",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "migrate", "Bring the database up to this program's schema.", RunAsync,
        GrantTo, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? role = context.Arguments.GetValue(GrantTo);
        await using ServiceProvider services = new ServiceCollection()
            .AddRegistry(DataOptions.Read(context.Arguments)).BuildServiceProvider();
        IReadOnlyList<string> applied;
        try
        {
            applied = await services.GetRequiredService<MigrateDatabase>().RunAsync(cancellationToken);
        }
        catch (ArtifactKeyException fault)
        {
            throw new InputException(fault.Message, fault);
        }

        foreach (string name in applied)
        {
            await context.People.WriteLineAsync($"applied {name}");
        }

        await QuartzTables.MakeAsync(DataOptions.Read(context.Arguments), cancellationToken);
        await context.People.WriteLineAsync("The database is up to date.");
        if (role is not null)
        {
            (int tables, Refusal? reason) = await services.GetRequiredService<GrantToApplication>().RunAsync(role, cancellationToken);
            await context.People.WriteLineAsync(reason is null
                ? $"The role {role} may use {tables} tables; what is only added to it may neither update nor delete."
                : throw new InputException(reason.Sentence));
        }

        await context.WriteJsonAsync(new { applied, grantedTo = role }, cancellationToken);
        return 0;
    }
}
