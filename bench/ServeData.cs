using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Serving;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Bench;

/// <summary>A data folder with one approved version and as many programs as are wanted, each with a token and a budget that lasts.</summary>
/// <remarks>
/// The way to approval is not walked and the version has no reference data, so that rows are judged by the encoding alone and no
/// detector is calibrated: what those cost is measured by the bench "answers".
/// </remarks>
internal static class ServeData
{
    private const string Model = "served";

    /// <summary>Makes it.</summary>
    /// <returns>The tokens.</returns>
    public static async Task<IReadOnlyList<string>> MakeAsync(string folder, byte[] file, byte[] encoding, int programs)
    {
        await using ServiceProvider services = Open(folder);
        await services.GetRequiredService<MigrateDatabase>().RunAsync(default);
        UserId dev = ((AddUserOutcome.Added)await services.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser("dev", "D. Dev", "correct horse battery", new HashSet<Role> { Role.Developer }), default)).Person.Id;
        await services.GetRequiredService<RegisterModel>().RunAsync(Actor.Person(dev), new NewModel(Model, Model, "Is served.", RiskTier.Low), default);
        using MemoryStream stream = new(file);
        ModelVersion version = ((RegisterVersionOutcome.Registered)await services.GetRequiredService<RegisterVersion>().RunAsync(
            Actor.Person(dev), new NewVersion(Model, stream, 2L << 30, encoding, null, []), default)).Version;
        await using (GovernanceDb db = await services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync())
        {
            await db.Versions.Where(row => row.Id == version.Id).ExecuteUpdateAsync(row => row.SetProperty(each => each.Stage, Stage.Approved));
        }

        List<string> tokens = [];
        for (int at = 0; at < programs; at++)
        {
            UserId program = ((AddUserOutcome.Added)await services.GetRequiredService<AddServiceAccount>().RunAsync(
                Actor.System, new NewServiceAccount($"program-{at}", $"Program {at}", dev, new HashSet<Role> { Role.Consumer }), default)).Person.Id;
            await services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, program, Model, GrantExtras.None, default);
            await services.GetRequiredService<ChooseBudget>().RunAsync(
                Actor.System, Model, program, new WantedBudget(1_000_000_000, 1_000_000_000, 1_000_000_000, true), "A benchmark.", default);
            tokens.Add(((IssueTokenOutcome.Issued)await services.GetRequiredService<IssueToken>().RunAsync(
                Actor.System, new NewToken(program, "bench", [TokenScope.Predict]), default)).Text);
        }

        tokens.Add(((IssueTokenOutcome.Issued)await services.GetRequiredService<IssueToken>().RunAsync(
            Actor.System, new NewToken(dev, "bench", [TokenScope.Read]), default)).Text);
        return tokens;
    }

    /// <summary>Serves it from now on in batches of so many rows at most, and remembers answers or does not.</summary>
    public static async Task ChooseAsync(string folder, int rows, bool remembers)
    {
        await using ServiceProvider services = Open(folder);
        await services.GetRequiredService<ChooseServing>().RunAsync(
            Actor.System, Model, 1,
            ServingSettings.Default with { BatchRows = rows, RowsPerMinute = 1_000_000, CacheSeconds = remembers ? 600 : 0, QueueRows = 10_000 },
            $"A benchmark with {rows} rows a run, {(remembers ? "" : "not ")}remembering.", default);
    }

    private static ServiceProvider Open(string folder) => new ServiceCollection()
        .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "config", "governance", "kek") }).BuildServiceProvider();
}
