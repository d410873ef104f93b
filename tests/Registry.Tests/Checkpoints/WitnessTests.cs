using System.Globalization;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Storage;

namespace Governance.Registry.Tests.Checkpoints;

public sealed class WitnessTests
{
    [Fact]
    public async Task A_witness_follows_a_growing_log_and_refuses_one_that_was_rewritten()
    {
        await using Given given = await Given.RegistryAsync();
        SignedCheckpoint first = await SealAsync(given);
        using SigningKeys own = new(new RegistryOptions { DataFolder = Path.Combine(given.Folder, "none"), SigningKeyFolder = Path.Combine(given.Folder, "witness") });
        using WitnessState witness = new(Path.Combine(given.Folder, "seen.txt"), [given.Get<SigningKeys>().Current], own, "example.org/w1");

        WitnessAnswer taken = await witness.AddAsync(await RequestAsync(given, 0, first), default);
        await given.ModelAsync();
        SignedCheckpoint second = await SealAsync(given);
        WitnessAnswer behind = await witness.AddAsync(await RequestAsync(given, 0, second), default);
        WitnessAnswer grown = await witness.AddAsync(await RequestAsync(given, first.Size, second), default);
        WitnessAnswer back = await witness.AddAsync(await RequestAsync(given, 0, first), default);

        Assert.Equal(200, taken.Status);
        SignedNote receipt = new(SignedNote.Parse(first.Note).Text, SignedNote.ReadLines(taken.Body));
        Assert.Single(receipt.Signers("example.org/w1", [own.Current])!);
        Assert.Equal((409, $"{first.Size}\n"), (behind.Status, behind.Body));
        Assert.Equal(200, grown.Status);
        Assert.Equal(409, back.Status);
        Assert.Equal(second.Note, witness.Last);

        // The same size with another root, signed by the stolen key; and one grown from it.
        string forged = SignedNote.Sign(new TreeHead(OriginOf(second), second.Size, first.Root).ToText(), OriginOf(second), given.Get<SigningKeys>()).ToString();
        Assert.Equal(422, (await witness.AddAsync($"old {second.Size}\n\n{forged}", default)).Status);
        string longer = SignedNote.Sign(new TreeHead(OriginOf(second), second.Size + 1, first.Root).ToText(), OriginOf(second), given.Get<SigningKeys>()).ToString();
        Assert.Equal(422, (await witness.AddAsync($"old {second.Size}\n{Convert.ToBase64String(first.Root)}\n\n{longer}", default)).Status);
        Assert.Equal(second.Note, witness.Last);
    }

    [Fact]
    public async Task A_witness_refuses_what_its_key_did_not_sign_and_what_is_no_request()
    {
        await using Given given = await Given.RegistryAsync();
        SignedCheckpoint first = await SealAsync(given);
        using SigningKeys other = new(new RegistryOptions { DataFolder = Path.Combine(given.Folder, "none"), SigningKeyFolder = Path.Combine(given.Folder, "other") });
        using WitnessState witness = new(Path.Combine(given.Folder, "seen.txt"), [other.Current], other, "w");

        Assert.Equal(403, (await witness.AddAsync(await RequestAsync(given, 0, first), default)).Status);
        Assert.Equal(403, (await witness.AddAsync("old 0\n\n" + SignedNote.Sign("a\n", "a", other), default)).Status);
        foreach (string body in (string[])["", "old\n\n", "old 00\n\n" + first.Note, "old -1\n\n" + first.Note, "new 0\n\n" + first.Note, "old 0\nnot base64!\n\n" + first.Note])
        {
            Assert.Equal(400, (await witness.AddAsync(body, default)).Status);
        }

        Assert.Null(witness.Last);
    }

    [DatabaseFact]
    public async Task A_copy_that_fails_is_noted_tried_again_and_nothing_is_lost()
    {
        await using Given given = await Given.RegistryAsync();
        string file = given.Get<RegistryOptions>().EffectiveCheckpointFile;
        Directory.CreateDirectory(file); // a folder stands where the file belongs
        SignedCheckpoint first = await SealAsync(given);

        Assert.Equal(0, await given.Get<DeliverCopies>().RunAsync(now: false, default));
        PlaceStanding failed = Assert.Single(await given.Get<ReadCheckpoints>().PlacesAsync(default));
        Assert.Equal(1, failed.Failure!.Tries);
        Assert.Equal(0, await given.Get<CheckpointQueries>().OutsideAsync(default));

        Directory.Delete(file);
        Assert.Equal(0, await given.Get<DeliverCopies>().RunAsync(now: false, default)); // left alone for ten seconds
        await given.ModelAsync();
        SignedCheckpoint second = await SealAsync(given);
        given.Clock.Now = given.Clock.Now.AddMinutes(1);
        Assert.Equal(2, await given.Get<DeliverCopies>().RunAsync(now: false, default));

        Assert.Null(Assert.Single(await given.Get<ReadCheckpoints>().PlacesAsync(default)).Failure);
        Assert.Equal(second.Size, await given.Get<CheckpointQueries>().OutsideAsync(default));
        Assert.Equal([first.Note, second.Note], await given.Get<CheckpointFile>().NotesAsync(default));
        Assert.Equal(0, await given.Get<DeliverCopies>().RunAsync(now: true, default));
    }

    [Fact]
    public async Task A_note_that_a_power_cut_left_unfinished_is_closed_and_the_next_one_reads()
    {
        await using Given given = await Given.RegistryAsync();
        SignedCheckpoint first = await SealAsync(given);
        CheckpointFile file = given.Get<CheckpointFile>();
        await file.AppendAsync(first.Note, default);
        await File.AppendAllTextAsync(file.FilePath, first.Note[..30]);

        await file.AppendAsync(first.Note, default);
        await file.AppendAsync(first.Note, default); // the same once more: it is there already

        Assert.Equal(first.Size, (await file.LastAsync(default))!.Size);
        IReadOnlyList<string> notes = await file.NotesAsync(default);
        Assert.Equal([first.Note, first.Note], notes.Where(note => SignedCheckpoint.FaultOf(note, [given.Get<SigningKeys>().Current], out _) is null));
        Assert.Equal(3, notes.Count);
    }

    private static async Task<string> RequestAsync(Given given, long old, SignedCheckpoint checkpoint)
    {
        ConsistencyProof proof = await given.Get<LedgerProofs>().ConsistencyAsync(old, checkpoint.Size, default);
        return string.Create(CultureInfo.InvariantCulture, $"old {old}\n{string.Concat(proof.Path.Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{checkpoint.Note}");
    }

    private static string OriginOf(SignedCheckpoint checkpoint) => TreeHead.Parse(SignedNote.Parse(checkpoint.Note).Text).Origin;

    private static async Task<SignedCheckpoint> SealAsync(Given given) =>
        Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default)).Checkpoint;
}
