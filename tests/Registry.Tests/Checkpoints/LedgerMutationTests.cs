using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;

namespace Governance.Registry.Tests.Checkpoints;

/// <summary>Two hundred random mutations of a sealed ledger, half of them rebuilt to look sound and signed anew with the stolen key.</summary>
public sealed class LedgerMutationTests
{
    private const int Count = 200;

    [Fact]
    public async Task Every_mutation_below_the_kept_checkpoint_is_found()
    {
        await using Given given = await Given.RegistryAsync();
        await given.InReviewAsync();
        Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default));
        await given.ModelAsync("second");
        SealOutcome.Sealed last = Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default));
        SigningKeys keys = given.Get<SigningKeys>();
        List<LedgerLeaf> leaves = await Forger.LeavesAsync(given);
        long[] sizes = [.. leaves.Select(leaf => leaf.Checkpoint).OfType<long>().Append(last.Checkpoint.Size).Distinct().Order()];
        string origin = TreeHead.Parse(SignedNote.Parse(last.Checkpoint.Note).Text).Origin;
        string[] notes = Notes(leaves);

        Assert.Null((await VerifyAsync(leaves, notes)).Fault);
        for (int seed = 0; seed < Count; seed++)
        {
            Random random = new(seed);
            (string what, List<LedgerLeaf> mutated) = Mutate(leaves, random);
            bool rebuilt = seed % 2 == 1;
            mutated = rebuilt ? Forger.Rebuilt(mutated) : mutated;

            ExportVerdict verdict = await VerifyAsync(mutated, rebuilt ? Notes(mutated) : notes);

            Assert.True(verdict.Fault is not null, $"seed {seed}: {what}, rebuilt {rebuilt}");
        }

        string[] Notes(List<LedgerLeaf> of) =>
        [
            .. sizes.Where(size => size <= of.Count).Select(size => SignedNote.Sign(
                new TreeHead(origin, size, Forger.TreeOf(of.Take((int)size)).Root()).ToText(), origin, keys).ToString()),
        ];

        Task<ExportVerdict> VerifyAsync(List<LedgerLeaf> of, string[] own) => VerifyExport.RunAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(Export(of, own))), [keys.Current], [last.Checkpoint.Note], default);
    }

    [Fact]
    public async Task Every_spoilt_byte_of_an_exported_file_is_found()
    {
        await using Given given = await Given.RegistryAsync();
        Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default));
        using MemoryStream file = new();
        await given.Get<ExportLedger>().RunAsync(file, default);
        byte[] bytes = file.ToArray();
        InstallationKey key = given.Get<SigningKeys>().Current;
        string kept = (await given.Get<CheckpointQueries>().LatestAsync(default))!.Note;

        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            byte[] other = [.. bytes];
            other[random.Next(other.Length)] ^= (byte)(1 << random.Next(8));
            Assert.False(await HoldsAsync(other), $"seed {seed}");
        }

        Assert.True(await HoldsAsync(bytes));
        Assert.False(await HoldsAsync([.. bytes, (byte)'\n']));
        Assert.False(await HoldsAsync(bytes[..^40]));

        async Task<bool> HoldsAsync(byte[] content)
        {
            try
            {
                return (await VerifyExport.RunAsync(new MemoryStream(content), [key], [kept], default)).Fault is null;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Ten_thousand_entries_verify_offline_well_within_their_time()
    {
        await using Given given = await Given.RegistryAsync();
        await SealCheckpointTests.WriteAsync(given, 10_000);
        string kept = Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default)).Checkpoint.Note;

        ExportVerdict verdict = await Forger.VerifyAsync(given, given.Get<SigningKeys>().Current, kept);

        Assert.Null(verdict.Fault);
        Assert.True(verdict.Entries > 10_000);
    }

    private static (string What, List<LedgerLeaf> Mutated) Mutate(List<LedgerLeaf> leaves, Random random)
    {
        List<LedgerLeaf> copy = [.. leaves];
        int at = random.Next(1, leaves.Count - 1);
        switch (random.Next(6))
        {
            case 0:
                copy[at] = copy[at] with { Actor = $"user:{Guid.CreateVersion7()}" };
                return ("edit", copy);
            case 1:
                copy.RemoveAt(at);
                return ("delete", copy);
            case 2:
                copy.Insert(at, copy[at] with { Subject = new LedgerSubject(LedgerSubject.SignOff, Guid.CreateVersion7().ToString()) });
                return ("insert", copy);
            case 3:
                (copy[at], copy[at - 1]) = (copy[at - 1], copy[at]);
                return ("reorder", copy);
            case 4:
                copy.RemoveRange(at, copy.Count - at);
                return ("tail cut", copy);
            default:
                copy[at] = copy[at] with { At = copy[at].At.AddMinutes(-1 - random.Next(1_000)) };
                copy[0] = copy[0] with { At = copy[0].At.AddDays(-2) };
                return ("back-date", copy);
        }
    }

    private static string Export(List<LedgerLeaf> leaves, string[] notes)
    {
        StringBuilder text = new();
        text.Append(Line(new JsonObject { ["schema"] = ExportLedger.Schema, ["entries"] = leaves.Count, ["checkpoints"] = notes.Length, ["keys"] = 0 }));
        foreach (string note in notes)
        {
            text.Append(Line(new JsonObject { ["checkpoint"] = note }));
        }

        foreach (LedgerLeaf leaf in leaves)
        {
            text.Append(leaf.ToText()).Append('\n');
        }

        return text.ToString();
    }

    private static string Line(JsonObject json) => Encoding.UTF8.GetString(CanonicalJson.Serialize(json)) + "\n";
}
