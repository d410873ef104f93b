using System.Globalization;

namespace Governance.Audit.Copies;

/// <summary>What the evidence amounts to: rules and sentences, pure.</summary>
/// <remarks>
/// The limits were set on independent and copied models of the Boston mortgages and other data; docs/storage.md says how
/// often each rule was wrong there.
/// </remarks>
internal static class JudgeCopy
{
    // Whole trees: independent ensembles reached 12 %, a copy with noise in its leaves has all, one with 1 % of noise in its limits 33 %.
    private const double ManyTrees = 0.3;
    private const double SomeTrees = 0.15;
    private const int FewestTrees = 3;
    private const double ManyWeights = 0.5;

    /// <summary>The figure of a comparison that counts.</summary>
    public static double MeasureOf(FollowedAnswers answers, bool habits) => habits ? answers.ResidualCorrelation : answers.Correlation;

    /// <summary>What a suspect's measure must pass: beyond the best control, and beyond their spread.</summary>
    /// <param name="controls">The controls' measures, at least one.</param>
    /// <param name="habits">Whether the measure is the residual correlation.</param>
    /// <returns>A correlation, at most 0.9999.</returns>
    public static double LimitOf(IEnumerable<double> controls, bool habits)
    {
        double[] z = [.. controls.Select(Fisher)];
        double mean = z.Average();
        double spread = z.Length < 2 ? 0.3 : Math.Sqrt(z.Sum(value => (value - mean) * (value - mean)) / (z.Length - 1));

        // Few controls know little of how far independent models can go: the margin is then wider.
        double margin = (habits ? 0.15 : 0.5) + (z.Length < 3 ? 0.3 : 0);
        double limit = Math.Max(z.Max() + margin, mean + (3 * spread * Math.Sqrt(1 + (1.0 / z.Length))));
        return Math.Clamp(Math.Tanh(limit), habits ? 0.52 : 0.99, 0.9999);
    }

    /// <summary>Puts the pieces together.</summary>
    public static (CopyVerdict Verdict, string Sentence, IReadOnlyList<CopyEvidence> Evidence) Judge(
        bool sameFile, GraphLikeness graph, TreeLikeness? trees, WeightLikeness? weights, BehaviourLikeness? behaviour, string? reason)
    {
        List<CopyEvidence> evidence = [];
        if (sameFile)
        {
            evidence.Add(new CopyEvidence("digest", CopyVerdict.Consistent, "Both files are the same to the last byte."));
        }

        evidence.Add(OfStructure(graph, trees));
        if (weights is not null)
        {
            evidence.Add(OfWeights(graph, weights));
        }

        evidence.Add(behaviour is null
            ? new CopyEvidence("behaviour", CopyVerdict.CannotTell, reason ?? "Behaviour was not compared.")
            : OfBehaviour(graph, behaviour));
        CopyVerdict verdict = evidence.Any(piece => piece.Verdict == CopyVerdict.Consistent) ? CopyVerdict.Consistent
            : evidence.Single(piece => piece.Kind == "behaviour").Verdict;
        return (verdict, SentenceOf(verdict, evidence), evidence);
    }

    private static CopyEvidence OfStructure(GraphLikeness graph, TreeLikeness? trees)
    {
        string kinds = graph.SuspectFamily == graph.ModelFamily
            ? $"Both are {ModelFamilies.InWords(graph.ModelFamily).Replace("a ", "", StringComparison.Ordinal)}{(graph.ModelFamily == ModelFamily.Trees ? "" : "s")}"
            : $"The suspect is {ModelFamilies.InWords(graph.SuspectFamily)}, the model {ModelFamilies.InWords(graph.ModelFamily)}";
        if (trees is null || Math.Min(trees.SuspectTrees, trees.ModelTrees) == 0)
        {
            string same = graph.SameOperators && graph.SameLayers ? "with the same operators and layer sizes, as models of one recipe have" : "with different graphs";
            return new CopyEvidence("structure", CopyVerdict.CannotTell, $"{kinds}, {same}.");
        }

        double control = trees.ControlShare ?? 0;
        bool many = trees.NearTrees >= FewestTrees && trees.Share >= ManyTrees && trees.Share > control + 0.25;
        bool some = trees.NearTrees >= FewestTrees && trees.Share >= SomeTrees && trees.Share > (2 * control) + 0.1;
        string controls = trees.ControlShare is double reached
            ? $"; ensembles trained independently on the same data reached {Percent(reached)}"
            : "";
        string rewritten = trees.Rewritten ? ", after its features were renumbered or rescaled" : "";
        return new CopyEvidence(
            "structure", many ? CopyVerdict.Consistent : some ? CopyVerdict.CannotTell : CopyVerdict.NoSign,
            $"{trees.NearTrees} of {Math.Min(trees.SuspectTrees, trees.ModelTrees)} trees ask the same questions at the same limits ({trees.ExactTrees} to the last digit){rewritten}{controls}.");
    }

    private static CopyEvidence OfWeights(GraphLikeness graph, WeightLikeness weights)
    {
        double excess = weights.Chance >= 1 ? 0 : (weights.Shared - weights.Chance) / (1 - weights.Chance);
        bool same = weights.Values >= WeightOverlap.FewestValues && excess >= ManyWeights;

        // Linear models of the same data agree to some digits by themselves; only the same digits are evidence.
        bool linear = graph.SuspectFamily == ModelFamily.Linear || graph.ModelFamily == ModelFamily.Linear;
        same &= !linear || weights.Tolerance <= 1e-6;
        bool aligned = weights.AlignedLayers > 0 && !linear;
        string digits = weights.Tolerance <= 1e-6 ? "to six digits" : $"within {weights.Tolerance:0.####%}";
        string scaled = weights.Scaled ? " once each layer is scaled alike" : "";
        string layers = weights.Layers == 0 ? "" : $" {weights.AlignedLayers} of {weights.Layers} comparable layers have units that pair up closer than independent training explains.";
        return new CopyEvidence(
            "weights", same || aligned ? CopyVerdict.Consistent : CopyVerdict.NoSign,
            weights.Values < WeightOverlap.FewestValues && weights.Layers == 0
                ? "There are too few weights to compare."
                : $"{Percent(weights.Shared)} of {weights.Values.ToString("N0", CultureInfo.InvariantCulture)} weights of the suspect occur in the model {digits}{scaled}; coincidence gives {Percent(weights.Chance)}.{layers}");
    }

    private static CopyEvidence OfBehaviour(GraphLikeness graph, BehaviourLikeness behaviour)
    {
        bool habits = behaviour.Measure == "residual";
        double measure = MeasureOf(behaviour.Suspect, habits);
        string agreement = behaviour.Suspect.LabelAgreement is double labels ? $"It gives the same label on {Percent(labels)} of {behaviour.Probes} secret probe rows; the" : "The";
        string what = $"{agreement} correlation of {(habits ? "what a plain model does not explain" : "the scores")} is {Number(measure)} (95 % interval {Number(behaviour.Interval[0])} to {Number(behaviour.Interval[1])})";
        if (behaviour.ClassesMoved)
        {
            what = $"With its classes exchanged: {char.ToLowerInvariant(what[0])}{what[1..]}";
        }

        if (behaviour.Limit is not double limit)
        {
            bool identical = behaviour.Suspect.Correlation >= 0.9999 && graph.ModelFamily != ModelFamily.Linear;
            return new CopyEvidence(
                "behaviour", identical ? CopyVerdict.Consistent : CopyVerdict.CannotTell,
                $"{what}, but there is no independent model to measure that against: name the label's column, or give a control.");
        }

        double best = behaviour.Controls.Max(control => MeasureOf(control, habits));
        string controls = $"{behaviour.Controls.Count} independent model{(behaviour.Controls.Count == 1 ? "" : "s")} of the same data reached at most {Number(best)}";

        // Models of one family and recipe may come arbitrarily close without any copying; only near-identity says more.
        bool family = graph.SuspectFamily == graph.ModelFamily || graph.SuspectFamily == ModelFamily.Other;
        bool beyond = measure >= limit && behaviour.Interval[0] > Math.Max(best, 0);
        if (beyond && (!family || (behaviour.Suspect.Correlation >= 0.9995 && graph.ModelFamily != ModelFamily.Linear)))
        {
            return new CopyEvidence("behaviour", CopyVerdict.Consistent, $"{what}; {controls}, and more than {Number(limit)} is beyond what independent models do.");
        }

        // Clearly inside what independent models do.
        bool inside = measure <= best || (behaviour.Interval[1] < limit && measure < 0.5);
        return inside && !(family && measure > 0.9)
            ? new CopyEvidence("behaviour", CopyVerdict.NoSign, $"{what}; {controls}, so this is what models of the same data have in common.")
            : new CopyEvidence(
                "behaviour", CopyVerdict.CannotTell,
                $"{what}; {controls}, {(beyond ? "but a model of the same kind and recipe could come as close" : $"and {Number(limit)} would be beyond what independent models do")}.");
    }

    private static string SentenceOf(CopyVerdict verdict, List<CopyEvidence> evidence) => verdict switch
    {
        CopyVerdict.Consistent =>
            $"Consistent with a copy, by {string.Join(" and ", evidence.Where(piece => piece.Verdict == CopyVerdict.Consistent).Select(piece => piece.Kind))}. This is evidence, not proof: it does not say who copied whom, nor whether both came from a third.",
        CopyVerdict.NoSign =>
            "No sign of copying: the suspect is no closer to the model than independent models of the same data are. A copy that was trained further could look like this too.",
        _ => "Cannot tell: what there is to see fits a copy and an independent model alike.",
    };

    private static double Fisher(double r) => Math.Atanh(Math.Clamp(r, -0.99999, 0.99999));

    private static string Percent(double share) => share.ToString("0.# %", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(Math.Abs(value) > 0.99 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);
}
