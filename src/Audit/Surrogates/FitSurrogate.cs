using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Training;
using Governance.Audit.Training.Students;
using Governance.Audit.Training.Trees;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Distillation;

namespace Governance.Audit.Surrogates;

/// <summary>Trains a global surrogate: the same students as distillation, written so that people can read them.</summary>
/// <remarks>
/// Craven and Shavlik, "Extracting tree-structured representations of trained networks", NIPS 1996. It learns from real rows
/// alone, because it shall say what the model does to them. It tells of the model as far as its fidelity goes and no further.
/// </remarks>
public static class FitSurrogate
{
    /// <summary>Trains and measures.</summary>
    /// <param name="file">The model.</param>
    /// <param name="rows">Readable rows.</param>
    /// <param name="options">Which kind, and the seed.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A surrogate cannot learn from this model or these rows; the sentence says why.</exception>
    public static SurrogateReport Run(
        byte[] file, VariantRows rows, StudentOptions options, IRunProgress? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        VariantRecipe recipe = new()
        {
            Kind = VariantKind.Distil, Student = options.Family, Size = options.Size, Temperature = options.Temperature, Redraw = 0, Seed = options.Seed,
        };
        recipe.Check();
        (MadeVariant made, Student student, TaughtRows taught) = DistilModel.Learn(file, rows, recipe, progress, cancellationToken);
        SurrogateReport report = new(made.Student!);
        float[][] features = StudentFeatures.Of(taught.Learned);
        if (student.Form is double[][] form)
        {
            return report with { Constants = [.. form.Select((line, k) => new SurrogateConstant(Speaks(taught, form.Length, k), line[0]))], Terms = Terms(form, taught, features) };
        }

        return options.Family == StudentFamily.Tree && student.Trees is TreesModel trees ? report with { Leaves = Leaves(trees, taught, features) } : report;
    }

    // One form speaks for the second of two classes, or for the value.
    private static string? Speaks(TaughtRows taught, int forms, int place) =>
        taught.Classes.Count == 0 ? null : forms == 1 ? taught.Classes[1] : taught.Classes[place];

    private static SurrogateTerm[] Terms(double[][] form, TaughtRows taught, float[][] features)
    {
        double[] spreads = new double[taught.Names.Count];
        for (int i = 0; i < spreads.Length; i++)
        {
            double mean = features.Average(row => row[i]);
            spreads[i] = Math.Sqrt(features.Average(row => (row[i] - mean) * (row[i] - mean)));
        }

        return
        [
            .. form.SelectMany((line, k) => taught.Names.Select((name, i) => new SurrogateTerm(name, Speaks(taught, form.Length, k), line[i + 1], line[i + 1] * spreads[i])))
                .OrderByDescending(term => Math.Abs(term.PerSpread)).ThenBy(term => term.Feature, StringComparer.Ordinal).ThenBy(term => term.Class, StringComparer.Ordinal),
        ];
    }

    private static SurrogateLeaf[] Leaves(TreesModel model, TaughtRows taught, float[][] features)
    {
        HashSet<int> lacking = [.. Enumerable.Range(0, taught.Names.Count).Where(feature => features.Any(row => float.IsNaN(row[feature])))];
        List<SurrogateLeaf> leaves = [];
        foreach (TrainedTree tree in model.Trees)
        {
            string? speaks = taught.Classes.Count == 0 ? null : taught.Classes[model.Task == TreesTask.Multiclass ? tree.Output : 1];
            Walk(tree, 0, [], (node, parts) =>
            {
                double score = tree.Value[node];
                double says = model.Task switch { TreesTask.Binary => LogisticFunction.At(score), TreesTask.Multiclass => Math.Exp(score), _ => score };
                leaves.Add(new SurrogateLeaf([.. parts.Select(part => part.Words(taught.Names, lacking))], speaks, says, (int)tree.Cover[node], tree.Cover[node] / features.Length));
            });
        }

        return [.. leaves.OrderBy(leaf => leaf.Class, StringComparer.Ordinal).ThenByDescending(leaf => leaf.Rows)];
    }

    // Further down a test of the same feature in the same direction is the tighter one, and says all that the earlier one said.
    // A missing value passes a rule where every test of the feature sends it this way.
    private static void Walk(TrainedTree tree, int node, IReadOnlyList<RulePart> parts, Action<int, IReadOnlyList<RulePart>> visit)
    {
        int feature = tree.Feature[node];
        if (feature < 0)
        {
            visit(node, parts);
            return;
        }

        Walk(tree, tree.Left[node], With(false), visit);
        Walk(tree, tree.Right[node], With(true), visit);

        IReadOnlyList<RulePart> With(bool above)
        {
            bool missing = tree.MissingLeft[node] != above && parts.Where(part => part.Feature == feature).All(part => part.Missing);
            return
            [
                .. parts.Where(part => part.Feature != feature || part.Above != above).Select(part => part.Feature == feature ? part with { Missing = missing } : part),
                new RulePart(feature, above, tree.Threshold[node], missing),
            ];
        }
    }

    private sealed record RulePart(int Feature, bool Above, float Limit, bool Missing)
    {
        public string Words(IReadOnlyList<string> names, IReadOnlySet<int> lacking) => string.Create(
            CultureInfo.InvariantCulture, $"{names[Feature]} is {(Above ? "above" : "at most")} {Limit:0.####}{(Missing && lacking.Contains(Feature) ? " or missing" : "")}");
    }
}
