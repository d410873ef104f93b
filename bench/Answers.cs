using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Bench;

/// <summary>What protection adds to a prediction in process: grant, digest, repeats, budget and traffic log.</summary>
/// <remarks>
/// On a real SQLite file. The model itself is left out: it costs the same with and without protection. Limits are the
/// built-in ones times a hundred, so that blocks are reserved as often as for a person.
/// </remarks>
internal static class Answers
{
    private const int Calls = 5_000;

    /// <summary>Measures.</summary>
    public static async Task RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("governance-bench-").FullName;
        try
        {
            await using ServiceProvider services = new ServiceCollection()
                .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") })
                .AddSingleton<AnswerGrants>().AddSingleton<KnownRepeats>().AddSingleton<ComputeRows>().BuildServiceProvider();
            await MeasureAsync(services);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(ServiceProvider services)
    {
        await services.GetRequiredService<MigrateDatabase>().RunAsync(default);
        UserId dev = ((AddUserOutcome.Added)await services.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser("dev", "D. Dev", "correct horse battery", new HashSet<Role> { Role.Developer }), default)).Person.Id;
        await services.GetRequiredService<RegisterModel>().RunAsync(Actor.Person(dev), new NewModel("credit", "Credit", "Is asked.", RiskTier.Low), default);
        using MemoryStream file = new("weights"u8.ToArray());
        ModelVersion version = ((RegisterVersionOutcome.Registered)await services.GetRequiredService<RegisterVersion>().RunAsync(
            Actor.Person(dev), new NewVersion("credit", file, 1 << 10, "{}"u8.ToArray(), null, []), default)).Version;
        AnswerGrants grants = services.GetRequiredService<AnswerGrants>();
        AnswerBudgets budgets = services.GetRequiredService<AnswerBudgets>();
        KnownRepeats repeats = services.GetRequiredService<KnownRepeats>();
        ComputeRows compute = services.GetRequiredService<ComputeRows>();
        TrafficLog log = services.GetRequiredService<TrafficLog>();
        using CancellationTokenSource ends = new();
        Task writer = Task.Run(() => log.RunAsync(ends.Token));
        string[] columns = [.. Enumerable.Range(0, 13).Select(at => $"c{at}")];
        BudgetRules rules = new(20_000, 50_000, 40_000, 200_000, null);
        double[] micros = new double[Calls];
        for (int call = -200; call < Calls; call++)
        {
            Table row = new([.. columns.Select(name => (Column)new NumberColumn(name, [call]))]);
            long started = Stopwatch.GetTimestamp();
            AnswerGrant grant = await grants.OfAsync(dev, Right.Predict, "credit", 1, default);
            var known = await repeats.OfAsync(dev, version.Id, default);
            string digest = Convert.ToHexStringLower((await compute.DigestAsync(row, 0, columns, null, default)).AsSpan(0, 16));
            (string, string, string) key = (nameof(QueryKind.Predict), nameof(PredictionForm.TwoDecimals), digest);
            _ = known.ContainsKey(key);
            ChargeOutcome outcome = await budgets.ChargeAsync(new Charge(grant.Access.Model!.Id, dev.Value, [], 2, 0, rules), default);
            known[key] = true;
            log.TryTake(new AnsweredQuery(
                Guid.CreateVersion7(), grant.Access.Model.Id, version.Id, dev, null, key.Item1, key.Item2, digest, 2, 0,
                Microseconds.Truncate(TimeProvider.System.GetUtcNow())));
            if (outcome is not ChargeOutcome.Charged)
            {
                throw new InvalidOperationException("The bench spent its budget.");
            }

            if (call >= 0)
            {
                micros[call] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }
        }

        await ends.CancelAsync();
        await writer;
        Array.Sort(micros);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Calls} predictions: P50 {micros[Calls / 2]:0} µs, P95 {micros[Calls * 95 / 100]:0} µs, P99 {micros[Calls * 99 / 100]:0} µs, most {micros[^1] / 1000:0.0} ms"));
    }
}
