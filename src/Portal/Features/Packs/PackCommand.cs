using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Documents;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Policies;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Packs;
using Governance.Registry.Privacy;

namespace Governance.Portal.Features.Packs;

/// <summary><c>governance pack MODEL/NUMBER</c>: writes the evidence pack of a version, as the button on its page does.</summary>
internal static class PackCommand
{
    private static readonly Argument<string> Version = new("VERSION") { Description = "The version, as MODEL/NUMBER." };

    private static readonly Option<string> Out = new("--out") { Description = "Where the pack goes.", HelpName = "F.zip", Required = true };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "pack", "Write the evidence pack of a version: one file that proves itself with the public key alone.", RunAsync,
        Version, Out, RegistryRun.As, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string named = context.Arguments.GetValue(Version)!;
        string target = context.Arguments.GetValue(Out)!;
        UserFiles.RefuseUnwritable(target);
        await using RegistryRun run = await RegistryRun.OpenAsync(context, cancellationToken);
        VersionReaders readers = new(run);
        VersionView view = await readers.FindAsync(named, cancellationToken);
        PackOutcome outcome = await RegistryRun.GuardAsync(async () => await run.Get<ExportPack>().RunAsync(
            run.Actor, view.Version.Id, () => PartsOf(run, readers).OfAsync(view, cancellationToken), cancellationToken));
        switch (outcome)
        {
            case PackOutcome.Exported pack:
                await UserFiles.WriteAsync(target, pack.Bytes, cancellationToken);
                await context.People.WriteLineAsync($"pack        {target}, {pack.Bytes.Length:N0} bytes");
                await context.People.WriteLineAsync($"manifest    {pack.Manifest.Hex}");
                await context.People.WriteLineAsync($"checkpoint  {pack.Checkpoint.Size:N0} entries, root {pack.Checkpoint.RootHex}");
                await context.People.WriteLineAsync("Verify it elsewhere with: governance verify PACK.zip --key PUBLIC-KEY.pem");
                await context.WriteJsonAsync(
                    new { pack = target, bytes = pack.Bytes.Length, manifest = pack.Manifest.Hex, size = pack.Checkpoint.Size, root = pack.Checkpoint.RootHex },
                    cancellationToken);
                return 0;
            case PackOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            case PackOutcome.NoSuchVersion:
                throw new InputException($"There is no version {named}, or not for this person.");
            default:
                throw new UnreachableException();
        }
    }

    private static PackParts PartsOf(RegistryRun run, VersionReaders readers)
    {
        ArtifactStore store = run.Get<ArtifactStore>();
        return new PackParts(
            store, readers.Findings, readers.Masked, new ReadRows(readers.Databases, store, new KeptTables(store), run.Get<RecordRowReads>()), new MakeDocument(readers.Sources));
    }
}
