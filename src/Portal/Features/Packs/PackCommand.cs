using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Packs;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Packs;

/// <summary><c>governance pack MODEL/NUMBER</c>: writes the evidence pack of a version, as the button on its page does.</summary>
internal static class PackCommand
{
    private static readonly Argument<string> Version = new("VERSION") { Description = "The version, as MODEL/NUMBER." };

    private static readonly Option<string> Out = new("--out") { Description = "Where the pack goes.", HelpName = "F.zip", Required = true };

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error) => GovernanceCommand.Create(
        "pack", "Write the evidence pack of a version: one file that proves itself with the public key alone.", output, error, RunAsync,
        Version, Out, RegistryRun.As, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string named = context.Arguments.GetValue(Version)!;
        string target = context.Arguments.GetValue(Out)!;
        UserFiles.RefuseUnwritable(target);
        if (named.Split('/') is not [string model, string digits] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw new InputException($"'{named}' is no version: write MODEL/NUMBER, such as credit/3.");
        }

        await using RegistryRun run = await RegistryRun.OpenAsync(context, cancellationToken);
        VersionView view = await new ReadVersion(run.Get<IDbContextFactory<GovernanceDb>>())
            .FindAsync(model, number, run.Actor.User!.Value, cancellationToken)
            ?? throw new InputException($"There is no version {named}, or not for this person.");
        PackOutcome outcome = await RegistryRun.GuardAsync(async () => await run.Get<ExportPack>().RunAsync(
            run.Actor, view.Version.Id, await PartsOf(run).OfAsync(view, cancellationToken), cancellationToken));
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

    private static PackParts PartsOf(RegistryRun run)
    {
        IDbContextFactory<GovernanceDb> databases = run.Get<IDbContextFactory<GovernanceDb>>();
        ArtifactStore store = run.Get<ArtifactStore>();
        MaskedFindings masked = new(databases, store, run.Get<ShowCohorts>());
        return new PackParts(store, new ReadFindings(store, masked), masked, new ReadRows(databases, store, run.Get<RecordRowReads>()));
    }
}
