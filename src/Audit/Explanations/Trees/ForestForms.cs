using Governance.Audit.Explanations.Native;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Sums of trees and of functions of one player each, as a forest and the rest.</summary>
internal sealed class ForestForms
{
    private readonly (string Tensor, int Column)[] features;

    private ForestForms(Forest forest, (string, int)[] features, AdditivePart rest, IReadOnlyList<(EnsembleUse Use, int Tree)> origins)
    {
        Forest = forest;
        this.features = features;
        Rest = rest;
        Origins = origins;
    }

    /// <summary>The trees; one output a form.</summary>
    public Forest Forest { get; private init; }

    /// <summary>What is not in trees, constants among it.</summary>
    public AdditivePart Rest { get; }

    /// <summary>For each tree of the forest where it comes from.</summary>
    public IReadOnlyList<(EnsembleUse Use, int Tree)> Origins { get; }

    /// <summary>Splits forms, or says why they do not split.</summary>
    /// <param name="forms">One an output; without curves of several players.</param>
    /// <param name="owners">Who owns which element.</param>
    /// <param name="players">The number of players.</param>
    /// <param name="refusal">One sentence, where the result is null.</param>
    public static ForestForms? Of(IReadOnlyList<AffineForm> forms, ElementOwners owners, int players, out string? refusal)
    {
        refusal = null;
        foreach (Atom atom in forms.SelectMany(form => form.Terms).Select(term => term.Atom).Where(atom => atom is not TreeAtom))
        {
            if (owners.Of(atom.Sources) == ElementOwners.Several)
            {
                refusal = $"Beside its trees the model adds '{(atom as FeatureAtom)?.Maker ?? "a curve"}', which mixes the features {owners.Names(atom.Sources)}.";
                return null;
            }
        }

        Dictionary<(string, int), int> numbers = [];
        List<int> featurePlayers = [];
        List<ForestTree> trees = [];
        List<(EnsembleUse, int)> origins = [];
        foreach (EnsembleUse use in FormReads.Of(forms).Ensembles)
        {
            double[,] factors = Factors(forms, use);
            int[] map = new int[use.Ensemble.Width];
            Array.Fill(map, -1);
            for (int tree = 0; tree < use.Ensemble.Trees.Count; tree++)
            {
                IReadOnlyList<TreeNode> nodes = use.Ensemble.Trees[tree];
                double[]?[] values = [.. nodes.Select(node => node.Mode == BranchMode.Leaf ? Values(node, factors) : null)];
                if (values.All(value => value is null || Array.TrueForAll(value, one => one == 0)))
                {
                    continue;
                }

                foreach (int column in nodes.Where(node => node.Mode != BranchMode.Leaf).Select(node => node.Feature).Where(column => map[column] < 0))
                {
                    int[] sources = use.Input.SourcesOf(column);
                    int owner = owners.Of(sources);
                    if (owner == ElementOwners.Several)
                    {
                        refusal = $"The trees test column {column} of '{use.Input.Name}', which depends on the features {owners.Names(sources)} together; "
                            + "in one group they can be explained.";
                        return null;
                    }

                    if (!numbers.TryGetValue((use.Input.Name, column), out map[column]))
                    {
                        numbers[(use.Input.Name, column)] = map[column] = featurePlayers.Count;

                        // What depends on nothing never differs, whoever it is counted to.
                        featurePlayers.Add(Math.Max(owner, 0));
                    }
                }

                trees.Add(new ForestTree([.. nodes.Select(node => node.Mode == BranchMode.Leaf ? node : node with { Feature = map[node.Feature] })], values));
                origins.Add((use, tree));
            }
        }

        Forest forest = new(players, featurePlayers, forms.Count, trees);
        if (forest.PathPlayers() > Forest.MostPathPlayers)
        {
            refusal = $"A path of a tree tests more than {Forest.MostPathPlayers} players; in groups they can be explained.";
            return null;
        }

        if (!Codebook.Fits(forest))
        {
            refusal = $"A tree compares one feature with more than {Codebook.MostCuts:N0} values.";
            return null;
        }

        AdditivePart rest = AdditivePart.Of(forms, atom => atom is not TreeAtom, owners, players);
        return new ForestForms(forest, [.. numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)], rest, origins);
    }

    /// <summary>The same with covers.</summary>
    /// <param name="covers">For each tree of the forest one number a node.</param>
    public ForestForms WithCovers(IReadOnlyList<double[]> covers) => new(
        new Forest(Forest.Players, Forest.FeaturePlayers, Forest.Outputs, [.. Forest.Trees.Select((tree, i) => tree with { Covers = covers[i] })]),
        features, Rest, Origins);

    /// <summary>The forest's features for rows.</summary>
    public FeatureMatrix Matrix(FeatureTable table)
    {
        double[][] columns = [.. features.Select(feature =>
        {
            double[] column = new double[table.Rows];
            for (int row = 0; row < column.Length; row++)
            {
                column[row] = table[row, feature.Tensor, feature.Column];
            }

            return column;
        })];
        return new FeatureMatrix(table.Rows, columns);
    }

    private static double[,] Factors(IReadOnlyList<AffineForm> forms, EnsembleUse use)
    {
        double[,] factors = new double[forms.Count, use.Ensemble.Targets];
        for (int output = 0; output < forms.Count; output++)
        {
            foreach (FormTerm term in forms[output].Terms)
            {
                if (term.Atom is TreeAtom tree && ReferenceEquals(tree.Use, use))
                {
                    factors[output, tree.Target] += term.Factor;
                }
            }
        }

        return factors;
    }

    private static double[] Values(TreeNode leaf, double[,] factors)
    {
        double[] values = new double[factors.GetLength(0)];
        foreach (LeafWeight weight in leaf.Weights)
        {
            for (int output = 0; output < values.Length; output++)
            {
                values[output] += factors[output, weight.Target] * weight.Weight;
            }
        }

        return values;
    }
}
