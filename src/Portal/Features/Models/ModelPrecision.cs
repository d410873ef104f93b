using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Variants;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Models;

/// <summary><c>--fp16</c>: the model in 16-bit floats for this run, rewritten as <c>governance variant --fp16</c> does it.</summary>
internal static class ModelPrecision
{
    internal static readonly Option<bool> Half = new("--fp16") { Description = "Run the model in 16-bit floats where it can: half the memory, and quicker on devices that have them." };

    /// <summary>The file to run: as it is, or rewritten where that was asked for.</summary>
    /// <param name="context">The run; told what was changed.</param>
    /// <param name="file">A model that the quarantine has passed.</param>
    /// <param name="cancellationToken">Ends the rewriting.</param>
    /// <exception cref="InputException">Nothing in the model can be in 16 bits.</exception>
    public static byte[] Apply(CommandContext context, byte[] file, CancellationToken cancellationToken)
    {
        if (!context.Arguments.GetValue(Half))
        {
            return file;
        }

        MadeVariant made = MakeVariant.Run(file, new VariantRecipe { Kind = VariantKind.Fp16 }, null, null, cancellationToken);
        context.Warn(new AuditWarning("fp16", $"{made.Summary.Touched.Count:N0} nodes of the model run in 16-bit floats, {made.Summary.LeftAlone.Count:N0} stay as they were."));
        return made.Model;
    }
}
