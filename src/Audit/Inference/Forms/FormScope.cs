using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>The values of a graph read so far, and the maker of atoms.</summary>
/// <remarks>Elements of the inputs are numbered through all inputs in the order of the model's signature.</remarks>
internal sealed class FormScope
{
    private readonly Dictionary<string, FormTensor> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConstantTensor?> constants = new(StringComparer.Ordinal);
    private readonly GraphIndex index;
    private readonly Dictionary<string, long> opsets;
    private int atoms;

    /// <summary>Starts with a model's inputs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The inputs with their shapes behind the rows; a free dimension is -1.</param>
    public FormScope(ModelProto model, IReadOnlyList<InputSpec> inputs)
    {
        index = new GraphIndex(model.Graph);
        opsets = model.OpsetImport.GroupBy(opset => Domain(opset.Domain)).ToDictionary(group => group.Key, group => group.Max(opset => opset.Version));
        int element = 0;
        foreach (InputSpec input in inputs)
        {
            if (input.Width < 0)
            {
                // One source stands for the whole: nobody can be asked about a column of it.
                values[input.Name] = FormTensor.Hidden(input.Name, [element++], "an input of free width");
                continue;
            }

            ElementClass type = input.Kind switch
            {
                TensorKind.Float or TensorKind.Double => ElementClass.Real,
                TensorKind.Text => ElementClass.Text,
                _ => ElementClass.Whole,
            };
            int first = element;
            element += input.Width;
            values[input.Name] = FormTensor.Of(
                input.Name, type, [.. input.RowShape],
                [.. Enumerable.Range(0, input.Width).Select(column => AffineForm.Of(new FeatureAtom(atoms++, [first + column], input.Name, column, "")))]);
        }

        Elements = [.. Enumerable.Range(0, element)];
    }

    /// <summary>All elements of all inputs.</summary>
    public int[] Elements { get; }

    /// <summary>The version of the default operator set.</summary>
    public long Opset => opsets.GetValueOrDefault("", 1);

    /// <summary>The value of this name, or null where it is constant or absent.</summary>
    public FormTensor? Value(string name) => values.GetValueOrDefault(name);

    /// <summary>The constant of this name, or null where it is none that holds numbers.</summary>
    public ConstantTensor? Constant(string name)
    {
        if (name.Length == 0 || values.ContainsKey(name))
        {
            return null;
        }

        if (!constants.TryGetValue(name, out ConstantTensor? constant))
        {
            constants[name] = constant = ReadConstant(name);
        }

        return constant;
    }

    /// <summary>Keeps a value.</summary>
    public void Add(FormTensor value) => values[value.Name] = value;

    /// <summary>Keeps a constant that was computed from constants.</summary>
    public void Add(string name, ConstantTensor constant) => constants[name] = constant;

    /// <summary>A value whose columns are new features, each with the sources given.</summary>
    public FormTensor Features(string name, ElementClass type, int[] rowShape, IReadOnlyList<int[]> sources, string maker) => FormTensor.Of(
        name, type, rowShape,
        [.. sources.Select((own, column) => AffineForm.Of(new FeatureAtom(atoms++, own, name, column, maker)))]);

    /// <summary>A curve of forms.</summary>
    public AffineForm Curve(CurveKind kind, IReadOnlyList<AffineForm> arguments, int index = 0, IReadOnlyList<double>? parameters = null) =>
        AffineForm.Of(new CurveAtom(
            atoms++, SourceSets.Union(arguments.Select(argument => argument.Sources())), kind, arguments, index, parameters ?? []));

    /// <summary>The raw outputs of an ensemble, one a target.</summary>
    public AffineForm[] Trees(EnsembleUse use)
    {
        int[] sources = SourceSets.Union(use.Ensemble.Trees.SelectMany(tree => tree)
            .Where(node => node.Mode != Ensembles.BranchMode.Leaf).Select(node => node.Feature).Distinct().Select(use.Input.SourcesOf));
        return [.. Enumerable.Range(0, use.Ensemble.Targets).Select(target => AffineForm.Of(new TreeAtom(atoms++, sources, use, target)))];
    }

    /// <summary>The result of an operator that is not understood.</summary>
    public FormTensor Hidden(NodeProto node, string output)
    {
        // A subgraph reads values of the graph around it without naming them.
        bool nested = node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0);
        int[] sources = nested ? Elements : SourceSets.Union(node.Input.Select(name => Value(name)?.Sources ?? SourceSets.Empty));
        return FormTensor.Hidden(output, sources, node.OpType);
    }

    private ConstantTensor? ReadConstant(string name)
    {
        if (index.Constant(name) is TensorProto tensor)
        {
            return ConstantTensor.Read(tensor);
        }

        if (index.Producer(name) is not { OpType: "Constant" } node)
        {
            return null;
        }

        foreach (AttributeProto attribute in node.Attribute)
        {
            switch (attribute.Name)
            {
                case "value_float":
                    return new ConstantTensor([], [attribute.F]);
                case "value_int":
                    return new ConstantTensor([], [attribute.I]);
                case "value_floats":
                    return new ConstantTensor([attribute.Floats.Count], [.. attribute.Floats.Select(value => (double)value)]);
                case "value_ints":
                    return new ConstantTensor([attribute.Ints.Count], [.. attribute.Ints.Select(value => (double)value)]);
                default:
                    continue;
            }
        }

        return null;
    }

    private static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;
}
