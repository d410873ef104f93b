using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Native;
using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Trees;

/// <summary>The outputs of a task as curves of margins, and the margins as trees and the rest, read once a task.</summary>
/// <param name="Curved">The outputs as curves; null where they are margins themselves.</param>
/// <param name="Margins">The margins.</param>
/// <param name="Forms">The margins' trees; null where they cannot be explained.</param>
/// <param name="Refusal">Why not, one sentence; null where they can.</param>
internal sealed record TreeReading(CurvedForms? Curved, IReadOnlyList<AffineForm> Margins, ForestForms? Forms, string? Refusal)
{
    /// <summary>Reads the trees of a task whose graph was read.</summary>
    public static TreeReading Of(AttributionTask task) => task.Once(() => Read(task, NativeModel.Of(task)));

    private static TreeReading Read(AttributionTask task, NativeModel native)
    {
        CurvedForms curved = new(native.Forms, native.Owners);
        bool plain = !curved.Curved;
        IReadOnlyList<AffineForm> margins = plain ? native.Forms : curved.Margins;
        if (FormReads.Of(margins).Ensembles.Count == 0)
        {
            return new TreeReading(plain ? null : curved, margins, null, "There is no tree ensemble in the graph.");
        }

        ForestForms? forms = ForestForms.Of(margins, native.Owners, task.Players.Count, out string? refusal);
        return new TreeReading(plain ? null : curved, margins, forms, refusal);
    }
}
