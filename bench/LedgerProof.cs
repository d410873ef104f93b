using System.Globalization;
using Governance.Registry;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Bench;

/// <summary>What a ledger of many entries costs: sealing, a proof of one entry, export, and verification here and offline.</summary>
internal static class LedgerProof
{
    private const int Batch = 1_000;

    /// <summary>Measures and prints a table.</summary>
    /// <param name="entries">How many entries; 100,000 by default.</param>
    public static async Task<int> RunAsync(int entries)
    {
        string folder = Directory.CreateTempSubdirectory("governance-bench-").FullName;
        try
        {
            await MeasureAsync(entries, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(int entries, string folder)
    {
        RegistryOptions options = new() { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") };
        await using ServiceProvider registry = new ServiceCollection().AddRegistry(options).BuildServiceProvider();
        await registry.GetRequiredService<MigrateDatabase>().RunAsync(default);
        AppendGate gate = registry.GetRequiredService<AppendGate>();
        for (int batch = 0; batch < entries / Batch; batch++)
        {
            await gate.RunAsync(Actor.System, change =>
            {
                for (int i = 0; i < Batch; i++)
                {
                    change.Write(new LedgerSubject("note", Guid.CreateVersion7().ToString()), "note.taken", null, null, null);
                }

                return Task.FromResult(true);
            }, default);
        }

        ResultTable table = new($"A ledger of {entries:N0} entries", "wall s", "CPU s", "result");
        Measure(table, "seal where nothing is new (median; the first reads every hash)", () => registry.GetRequiredService<SealCheckpoint>().RunAsync(default).GetAwaiter().GetResult().GetType().Name);
        Measure(table, "1,000 proofs of single entries", () => Proofs(registry.GetRequiredService<LedgerProofs>(), entries));
        Measure(table, "verify on the server", () => registry.GetRequiredService<VerifyLedger>().RunAsync(default).GetAwaiter().GetResult().GetType().Name);
        string file = Path.Combine(folder, "ledger.jsonl");
        Measure(table, "export", () =>
        {
            using FileStream target = File.Create(file);
            registry.GetRequiredService<ExportLedger>().RunAsync(target, default).GetAwaiter().GetResult();
            return $"{target.Length / 1e6:0.0} MB";
        });
        InstallationKey key = registry.GetRequiredService<SigningKeys>().Current;
        Measure(table, "verify offline", () =>
        {
            using FileStream source = File.OpenRead(file);
            return VerifyExport.RunAsync(source, [key], [], default).GetAwaiter().GetResult().Fault ?? "holds";
        });
    }

    private static string Proofs(LedgerProofs proofs, int entries)
    {
        Random random = new(20261121);
        int hashes = 0;
        for (int i = 0; i < 1_000; i++)
        {
            hashes = proofs.InclusionAsync(random.Next(entries), entries, default).GetAwaiter().GetResult().Path.Count;
        }

        return $"{hashes} hashes each";
    }

    private static void Measure(ResultTable table, string what, Func<string> work)
    {
        string result = "";
        Measurement cost = Measurement.Of(() => result = work());
        table.Row(what, cost.WallSeconds.ToString("0.00", CultureInfo.InvariantCulture), cost.CpuSeconds.ToString("0.00", CultureInfo.InvariantCulture), result);
    }
}
