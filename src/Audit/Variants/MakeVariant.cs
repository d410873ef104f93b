using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Audit.Variants.Distillation;
using Governance.Audit.Variants.Half;
using Governance.Audit.Variants.Optimisation;
using Governance.Audit.Variants.Pruning;
using Governance.Audit.Variants.Quantisation;

namespace Governance.Audit.Variants;

/// <summary>Makes a variant of a model by a recipe. Pure: the same bytes, rows and recipe give the same bytes.</summary>
/// <remarks>
/// What comes out is loaded and, where there are rows, run on some of them; the quarantine is asked by whoever registers
/// it, as for any file.
/// </remarks>
public static class MakeVariant
{
    // Per-channel scales and the operators on bytes are of this version.
    private const long IntegerOpset = 13;

    private const int TriedRows = 16;

    /// <summary>Makes it.</summary>
    /// <param name="file">The parent: a model that the quarantine has passed.</param>
    /// <param name="recipe">What is done.</param>
    /// <param name="rows">Rows to measure ranges on or to learn from; null for none.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The recipe does not fit the model, changes nothing in it, or needs rows.</exception>
    public static MadeVariant Run(
        ReadOnlyMemory<byte> file, VariantRecipe recipe, VariantRows? rows, IRunProgress? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Check();
        if (recipe.NeedsRows && rows is null)
        {
            throw new InputException($"The recipe {RecipeWords.Flag(recipe.Kind)} needs rows{(recipe.Kind == VariantKind.Int8Static ? " to measure ranges on" : " to learn from")}.");
        }

        MadeVariant made;
        if (recipe.Kind == VariantKind.Distil)
        {
            made = DistilModel.Run(file.ToArray(), rows!, recipe, progress, cancellationToken);
        }
        else
        {
            progress?.Report("Rewriting the graph", 0, 1);
            made = Rewritten(ModelFile.Parse(file.Span), file.Length, recipe, rows?.Batch, progress, cancellationToken);
        }

        progress?.Report("Trying the variant", 0, 1);
        Try(made.Model, rows?.Batch, cancellationToken);
        progress?.Report("Done", 1, 1);
        return made;
    }

    private static MadeVariant Rewritten(
        ModelProto given, long bytes, VariantRecipe recipe, InputBatch? rows, IRunProgress? progress, CancellationToken cancellationToken)
    {
        GraphEdit edit = new(given, recipe.Exclude);
        Refuse(edit, recipe.Kind);
        switch (recipe.Kind)
        {
            case VariantKind.Int8Dynamic:
                DynamicInt8.Run(edit, recipe.Scale);
                break;
            case VariantKind.Int8Static:
                StaticInt8.Run(edit, rows!, recipe, progress, cancellationToken);
                break;
            case VariantKind.Int8Weights:
                WidenWeights.Run(edit);
                break;
            case VariantKind.Fp16:
                NarrowFloats.Run(edit, rows, cancellationToken);
                break;
            case VariantKind.Optimise:
                FoldConstants.Run(edit, cancellationToken);
                MergeNodes.Run(edit);
                FuseNorms.Run(edit);
                FuseScaling.Run(edit);
                break;
            case VariantKind.Prune:
                PruneWeights.Run(edit, recipe.Share, recipe.Scope);
                break;
            case VariantKind.PruneStructured:
                PruneChannels.Run(edit, recipe.Share);
                if (recipe.FineTune > 0 && edit.Touched.Count > 0)
                {
                    TuneNetwork.Run(given, edit, rows!, recipe, progress, cancellationToken);
                }

                break;
            case VariantKind.PruneTrees:
                PruneTrees.Run(given, edit, rows!, recipe, cancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Kind, null);
        }

        if (edit.Touched.Count == 0)
        {
            string why = edit.LeftAlone.Count == 0 ? "" : $" {string.Join("; ", edit.LeftAlone.Take(3).Select(node => $"{node.Name}: {node.Why}"))}.";
            throw new InputException($"There is nothing in this model that the recipe {RecipeWords.Flag(recipe.Kind)} changes.{why}");
        }

        byte[] file = edit.Finish();
        ModelProto constants = given.Clone();
        ConstantNodes.ToInitializers(constants);
        return new MadeVariant(file, CountWeights.Of(constants, bytes, edit, file));
    }

    private static void Refuse(GraphEdit edit, VariantKind kind)
    {
        if (kind is VariantKind.Int8Dynamic or VariantKind.Int8Static or VariantKind.Int8Weights && edit.Opset < IntegerOpset)
        {
            throw new InputException($"8-bit weights need a model of opset {IntegerOpset} or later; this one is of opset {edit.Opset}.");
        }

        if (edit.Model.Functions.Count > 0)
        {
            throw new InputException($"A recipe cannot look into the model's own function '{edit.Model.Functions[0].Name}'.");
        }
    }

    // A graph that does not load, or that gives no numbers where the parent gave some, is no variant.
    private static void Try(byte[] file, InputBatch? rows, CancellationToken cancellationToken)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, cancellationToken);
        if (rows is not null)
        {
            _ = predictor.Predict(rows.Slice(0, Math.Min(TriedRows, rows.Rows)), cancellationToken);
        }
    }
}
