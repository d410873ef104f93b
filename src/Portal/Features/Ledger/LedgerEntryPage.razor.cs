using System.Text.Json;
using Governance.Portal.Security;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Ledger;

/// <summary>One entry of the ledger: its leaf, and the proof that it stands under a signed checkpoint.</summary>
public sealed partial class LedgerEntryPage
{
    private TimelineLine? line;
    private TlogProof? proof;
    private bool holds;
    private long outside;
    private IReadOnlyList<(string Name, string Value)> members = [];

    /// <summary>Which entry, from 0.</summary>
    [Parameter]
    public long Sequence { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private LedgerQueries Ledger { get; set; } = default!;

    [Inject]
    private LedgerProofs Proofs { get; set; } = default!;

    [Inject]
    private CheckpointQueries Checkpoints { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        line = await Ledger.FindAsync(Http.User.Id(), Sequence, Http.RequestAborted);
        if (line is null)
        {
            Navigation.NotFound();
            return;
        }

        using JsonDocument leaf = JsonDocument.Parse(line.Entry.Leaf);
        members = [.. leaf.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.ToString() is { Length: > 0 } value ? value : "–"))];
        proof = await Proofs.ProveAsync(Sequence, Http.RequestAborted);
        IEnumerable<InstallationKey> keys = (await Checkpoints.KeysAsync(Http.RequestAborted)).Select(key => InstallationKey.Read(key.Pem));
        holds = proof?.FaultOf(MerkleTree.HashLeaf(System.Text.Encoding.UTF8.GetBytes(line.Entry.Leaf)), keys) is null;
        outside = await Checkpoints.OutsideAsync(Http.RequestAborted);
    }
}
