using System.CommandLine;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Portal.Features.Storage;

/// <summary><c>governance migrate</c>: brings the database up to this program's schema, as every start does.</summary>
internal static class MigrateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error) => GovernanceCommand.Create(
        "migrate", "Bring the database up to this program's schema.", output, error, RunAsync,
        DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
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

        await context.People.WriteLineAsync("The database is up to date.");
        await context.WriteJsonAsync(new { applied }, cancellationToken);
        return 0;
    }
}
