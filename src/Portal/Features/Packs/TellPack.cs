using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Keys;
using Governance.Registry.Packs;

namespace Governance.Portal.Features.Packs;

/// <summary>Verifies an evidence pack and tells it, for <c>governance verify</c>.</summary>
internal static class TellPack
{
    /// <summary>Verifies and tells.</summary>
    /// <returns>0 where it holds, 1 where it does not.</returns>
    public static async Task<int> RunAsync(
        CommandContext context, byte[] pack, IReadOnlyList<InstallationKey> keys, IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        switch (VerifyPack.Run(pack, keys, kept))
        {
            case PackVerdict.Holds holds:
                await context.People.WriteLineAsync($"files      {holds.Files}, each as the signed manifest says");
                await context.People.WriteLineAsync($"entries    {holds.Entries} stand in the ledger of {holds.Size} entries");
                await context.People.WriteLineAsync($"decisions  {holds.Decisions}, each signed");
                await context.People.WriteLineAsync($"root       {holds.Root}");
                foreach (string note in holds.Notes)
                {
                    context.Warn(new AuditWarning("not-proved", note));
                }

                if (kept.Count == 0)
                {
                    context.Warn(new AuditWarning("no-kept-checkpoint", "No checkpoint of yours was compared: whoever holds the signing key could have rewritten all of this."));
                }

                await context.People.WriteLineAsync("ok");
                await context.WriteJsonAsync(
                    new { ok = true, origin = holds.Origin, files = holds.Files, entries = holds.Entries, decisions = holds.Decisions, size = holds.Size, root = holds.Root, kept = kept.Count, fault = (string?)null },
                    cancellationToken);
                return 0;
            case PackVerdict.DoesNotHold { Sentence: var sentence }:
                await context.People.WriteLineAsync($"does not hold: {sentence}");
                await context.WriteJsonAsync(new { ok = false, fault = sentence }, cancellationToken);
                return 1;
            default:
                throw new UnreachableException();
        }
    }
}
