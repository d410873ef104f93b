using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Evidence;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Packs;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Packs;

public sealed class ExportPackTests
{
    [DatabaseFact]
    public async Task A_pack_proves_itself_with_the_public_key_and_is_the_same_twice()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await ApprovedAsync(given);

        byte[] pack = await ExportAsync(given, version);

        PackVerdict.Holds holds = Holds(VerifyPack.Run(pack, Keys(given), []));
        Assert.True(holds.Entries >= 8);
        Assert.Equal(pack, await ExportAsync(given, version));
        await using GovernanceDb db = given.Db();
        Assert.Equal(2, await db.Ledger.CountAsync(entry => entry.Action == ExportPack.Action));
        Assert.True((await given.Get<CheckpointQueries>().LatestAsync(default))!.Size > holds.Size); // sealed over the export at once
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_flipped_byte_in_any_file_is_found_and_so_is_a_file_too_many_or_too_few()
    {
        await using Given given = await Given.RegistryAsync();
        byte[] pack = await ExportAsync(given, await ApprovedAsync(given));
        IReadOnlyList<InstallationKey> keys = Keys(given);
        Dictionary<string, byte[]> files = PackFile.Read(pack);
        Random random = new(7);

        foreach (string path in files.Keys)
        {
            byte[] changed = [.. files[path]];
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            Dictionary<string, byte[]> others = new(files) { [path] = changed };
            Assert.True(VerifyPack.Run(PackFile.Write(others), keys, []) is PackVerdict.DoesNotHold, path); // the zip itself made anew
            others.Remove(path);
            Assert.True(VerifyPack.Run(PackFile.Write(others), keys, []) is PackVerdict.DoesNotHold, path);
        }

        Assert.IsType<PackVerdict.DoesNotHold>(VerifyPack.Run(PackFile.Write(new Dictionary<string, byte[]>(files) { ["evil.txt"] = [1] }), keys, []));
        for (int trial = 0; trial < 100; trial++)
        {
            byte[] flipped = [.. pack];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            Assert.IsType<PackVerdict.DoesNotHold>(VerifyPack.Run(flipped, keys, []));
        }
    }

    // By somebody who holds the signing key and signs the manifest anew.
    [DatabaseFact]
    public async Task A_pack_holds_what_the_decision_signed_and_a_changed_byte_in_it_is_found_under_any_manifest()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await ApprovedAsync(given);
        byte[] pack = await ExportAsync(given, version);
        Dictionary<string, byte[]> files = PackFile.Read(pack);
        DossierQueries dossiers = given.Get<DossierQueries>();
        SealedDossier decision = Assert.Single(await dossiers.SealedAsync(version.Id, default)).Row;
        (string document, string signature) = ($"decisions/{decision.SignOff}.json", $"decisions/{decision.SignOff}.sig");

        Assert.Equal(1, Holds(VerifyPack.Run(pack, Keys(given), [])).Decisions);
        Assert.Equal(await dossiers.DocumentAsync(decision, default), files[document]);
        Assert.Contains(Convert.ToBase64String(decision.Signature), Encoding.UTF8.GetString(files[signature]), StringComparison.Ordinal);
        Assert.Equal(pack, Signed(given, files)); // so that what is refused below is not refused for the manifest
        foreach (string path in (string[])[document, signature])
        {
            byte[] changed = [.. files[path]];
            changed[changed.Length / 2] ^= 1;
            AssertFault(given, new(files) { [path] = changed }, path);
            Dictionary<string, byte[]> fewer = new(files);
            fewer.Remove(path);
            AssertFault(given, fewer, path);
        }

        AssertFault(given, new(files) { ["decisions/other.json"] = files[document], ["decisions/other.sig"] = files[signature] }, "decisions/other.");
    }

    [DatabaseFact]
    public async Task A_pack_that_somebody_signed_with_another_key_is_not_believed()
    {
        await using Given given = await Given.RegistryAsync();
        byte[] pack = await ExportAsync(given, await ApprovedAsync(given));
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        PackVerdict verdict = VerifyPack.Run(pack, [InstallationKey.Of(other)], []);

        Assert.Contains("not signed by a trusted key", Assert.IsType<PackVerdict.DoesNotHold>(verdict).Sentence, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task A_kept_checkpoint_of_before_is_the_beginning_of_the_packs_ledger_and_one_of_another_ledger_is_not()
    {
        await using Given given = await Given.RegistryAsync();
        await using Given other = await Given.RegistryAsync();
        await given.ModelAsync("earlier");
        string kept = (await given.CheckpointAsync()).Note;
        string foreign = (await other.CheckpointAsync()).Note;
        byte[] pack = await ExportAsync(given, await ApprovedAsync(given));

        Assert.Empty(Holds(VerifyPack.Run(pack, Keys(given), [kept])).Notes);
        Assert.IsType<PackVerdict.DoesNotHold>(VerifyPack.Run(pack, Keys(given), [foreign]));
        Assert.IsType<PackVerdict.DoesNotHold>(VerifyPack.Run(pack, Keys(given), ["nonsense"]));
    }

    [DatabaseFact]
    public async Task Only_who_may_see_the_ledger_of_a_version_takes_its_pack()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();

        Assert.IsType<PackOutcome.Exported>(await RunAsync(given, given.Auditor, version));
        Assert.IsType<PackOutcome.Exported>(await RunAsync(given, given.Approver, version));
        Assert.IsType<PackOutcome.Refused>(await RunAsync(given, given.Operator, version));
        Assert.IsType<PackOutcome.NoSuchVersion>(await RunAsync(given, given.Stranger, version));
        Assert.IsType<PackOutcome.NoSuchVersion>(await RunAsync(given, given.Administrator, version));
    }

    private static void AssertFault(Given given, Dictionary<string, byte[]> files, string about) => Assert.Contains(
        about, Assert.IsType<PackVerdict.DoesNotHold>(VerifyPack.Run(Signed(given, files), Keys(given), [])).Sentence, StringComparison.Ordinal);

    // With a manifest of these files; the first signature of a manifest is used again.
    private static byte[] Signed(Given given, Dictionary<string, byte[]> files)
    {
        string origin = TreeHead.Parse(SignedNote.Parse(Encoding.UTF8.GetString(files["checkpoint.note"])).Text).Origin;
        byte[] old = files[PackManifest.FilePath];
        byte[] manifest = PackManifest.Write(
            origin, files.Where(file => file.Key is not (PackManifest.FilePath or PackManifest.NotePath)).ToDictionary());
        return PackFile.Write(new Dictionary<string, byte[]>(files)
        {
            [PackManifest.FilePath] = manifest,
            [PackManifest.NotePath] = manifest.AsSpan().SequenceEqual(old) ? files[PackManifest.NotePath]
                : Encoding.UTF8.GetBytes(SignedNote.Sign(PackManifest.SignedText(FactDigest.Of(manifest)), origin, given.Get<SigningKeys>()).ToString()),
        });
    }

    private static PackVerdict.Holds Holds(PackVerdict verdict)
    {
        Assert.True(verdict is PackVerdict.Holds, (verdict as PackVerdict.DoesNotHold)?.Sentence);
        return (PackVerdict.Holds)verdict;
    }

    private static IReadOnlyList<InstallationKey> Keys(Given given) => [given.Get<SigningKeys>().Current];

    private static async Task<ModelVersion> ApprovedAsync(Given given)
    {
        ModelVersion version = await given.InReviewAsync();
        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version));
        return version;
    }

    // A command that was started with another key-encryption key finds no signing keys beside it, and makes some.
    [DatabaseFact]
    public async Task Keys_that_the_ledger_does_not_know_sign_no_pack()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await ApprovedAsync(given);
        await ExportAsync(given, version);
        using SigningKeys others = new(given.Get<RegistryOptions>() with { SigningKeyFolder = Path.Combine(given.Folder, "elsewhere") });
        ExportPack pack = new(
            given.Get<AppendGate>(), given.Get<IDbContextFactory<GovernanceDb>>(), given.Get<CollectPack>(), given.Get<SealCheckpoint>(),
            given.Get<CheckpointQueries>(), others);

        PackOutcome outcome = await pack.RunAsync(
            Actor.Person(given.Auditor), version.Id, () => throw new InvalidOperationException("Refused before anything is gathered."), default);

        Assert.Equal("unknown-key", Assert.IsType<PackOutcome.Refused>(outcome).Reason.Code);
    }

    private static async Task<byte[]> ExportAsync(Given given, ModelVersion version) =>
        Assert.IsType<PackOutcome.Exported>(await RunAsync(given, given.Auditor, version)).Bytes;

    private static async Task<PackOutcome> RunAsync(Given given, UserId who, ModelVersion version)
    {
        await using GovernanceDb db = given.Db();
        EvidenceRecord evidence = await db.Evidence.SingleAsync(row => row.Version == version.Id);
        Dictionary<string, byte[]> files = new()
        {
            [$"evidence/{evidence.Findings.Hex}.json"] = await given.Get<ArtifactStore>().ReadAsync(evidence.Findings, default),
            [$"evidence/{evidence.RunRecord.Hex}.run.json"] = await given.Get<ArtifactStore>().ReadAsync(evidence.RunRecord, default),
            ["documents/model-card.md"] = Encoding.UTF8.GetBytes("# Model card\n"),
        };
        return await given.Get<ExportPack>().RunAsync(Actor.Person(who), version.Id, () => Task.FromResult(files), default);
    }
}
