using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Serving;
using Governance.Audit.Theft.Detection;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Bench;

/// <summary>What protection adds to a prediction in process: grant, digest, repeats, outliers, budget, traffic log, detectors.</summary>
/// <remarks>
/// On a real SQLite file. The model itself is left out: it costs the same with and without protection. Budgets are the
/// built-in ones but the model's month; twenty principals ask in turns, and each is followed by a new one after a hundred
/// predictions, so that one charge in a hundred waits for the disk. The detectors are the watches of a person, a team and the
/// model on thirteen features.
/// </remarks>
internal static class Answers
{
    private const int Calls = 5_000;
    private const int AtOnce = 20;
    private const int Each = 100;

    /// <summary>Measures.</summary>
    public static async Task RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("governance-bench-").FullName;
        try
        {
            await using ServiceProvider services = new ServiceCollection()
                .AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") })
                .AddSingleton<AnswerGrants>().AddSingleton<KnownRepeats>().AddSingleton<ComputeRows>()
                .AddSingleton<RunTurns>().AddSingleton<ServingInstruments>().AddSingleton<ServingMeters>().BuildServiceProvider();
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
        BudgetRules rules = new(200, 500, 400, 2_000_000, null);
        Guid[] principals = [.. Enumerable.Range(0, AtOnce).Select(_ => Guid.CreateVersion7())];
        WatchCalibration calibration = Calibration(columns.Length);
        TrafficWatch[] watches = [new(calibration), new(calibration), new(calibration)];
        Random random = new(5);
        double[] micros = new double[Calls];
        double[] unwatched = new double[Calls];
        for (int call = -2_000; call < Calls; call++)
        {
            int seat = (call + 2_000) % AtOnce;
            if ((call + 2_000) / AtOnce % Each == seat * (Each / AtOnce))
            {
                principals[seat] = Guid.CreateVersion7();
            }

            float[] encoded = [.. columns.Select(_ => random.NextSingle())];
            Table row = new([.. columns.Select(name => (Column)new NumberColumn(name, [call]))]);
            long started = Stopwatch.GetTimestamp();
            AnswerGrant grant = await grants.OfAsync(dev, Right.Predict, "credit", 1, default);
            var known = await repeats.OfAsync(dev, version.Id, default);
            string digest = Convert.ToHexStringLower((await compute.DigestAsync(row, 0, columns, null, default)).AsSpan(0, 16));
            (string, string, string) key = (nameof(QueryKind.Predict), nameof(PredictionForm.TwoDecimals), digest);
            _ = known.ContainsKey(key);
            ChargeOutcome outcome = await budgets.ChargeAsync(new Charge(grant.Access.Model!.Id, principals[seat], [], 2, 0, rules), default);
            known[key] = true;
            log.TryTake(new AnsweredQuery(
                Guid.CreateVersion7(), grant.Access.Model.Id, version.Id, dev, null, key.Item1, key.Item2, digest, 2, 0,
                Microseconds.Truncate(TimeProvider.System.GetUtcNow())));
            double before = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            PlacedRow placed = calibration.Place(encoded);
            WatchedRow looked = placed.Look(0.2);
            foreach (TrafficWatch watch in watches)
            {
                watch.Observe(looked, knownRow: false);
            }

            if (outcome is not ChargeOutcome.Charged)
            {
                throw new InvalidOperationException("The bench spent its budget.");
            }

            if (call >= 0)
            {
                unwatched[call] = before;
                micros[call] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }
        }

        await ends.CancelAsync();
        await writer;
        Tell("grant, digest, repeats, budget and log", unwatched);
        Tell("with outliers and three watches", micros);
    }

    private static void Tell(string what, double[] micros)
    {
        Array.Sort(micros);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: P50 {micros[Calls / 2]:0} µs, P95 {micros[Calls * 95 / 100]:0} µs, P99 {micros[Calls * 99 / 100]:0} µs, most {micros[^1] / 1000:0.0} ms"));
    }

    private static WatchCalibration Calibration(int width)
    {
        Random random = new(3);
        const int Rows = 4_000;
        return WatchCalibration.Fit(
            new WatchReference(
                [.. Enumerable.Range(0, Rows * width).Select(_ => random.NextSingle())], width, [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() / 2)]),
            seed: 1, CancellationToken.None);
    }
}
