using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Ensembles;

/// <summary>The inputs that all members of an ensemble read: the first member's, under its names.</summary>
/// <remarks>
/// Members agree where each input has the same element type, the same number of elements a row and, as their encodings
/// say, the same features in the same order. The dimensions may differ: [N,64] and [N,1,8,8] hold the same 64 numbers.
/// </remarks>
internal sealed class SharedInputs
{
    private readonly List<(ValueInfoProto Value, InputSpec Spec)> inputs;
    private readonly string firstName;

    private SharedInputs(MemberReading first)
    {
        firstName = first.Member.Name;
        inputs = [.. first.Member.Predictor.Signature.Inputs.Select(spec => (Declared(first, spec.Name).Clone(), spec))];
    }

    /// <summary>What the merged graph declares.</summary>
    public IEnumerable<ValueInfoProto> Values => inputs.Select(input => input.Value);

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => inputs.Select(input => input.Value.Name);

    /// <summary>The inputs of the first member, narrowed to what all accept.</summary>
    /// <exception cref="InputException">An input of a member differs; the sentence names member and input.</exception>
    public static SharedInputs Of(IReadOnlyList<MemberReading> members)
    {
        SharedInputs shared = new(members[0]);
        foreach (MemberReading member in members.Skip(1))
        {
            shared.Join(members[0], member);
        }

        return shared;
    }

    /// <summary>The input of a member that stands for each shared one: its name, and the dimensions to bring the rows to, or null where they fit.</summary>
    public IEnumerable<(string Shared, string Own, long[]? Reshape)> For(MemberReading member) => inputs.Select(input =>
    {
        InputSpec own = Matching(member, input.Spec);
        return (input.Value.Name, own.Name, Fits(input.Spec, own) ? null : (long[]?)[-1, .. own.RowShape.Select(size => (long)size)]);
    });

    private void Join(MemberReading first, MemberReading member)
    {
        (string a, string b) = (first.Member.Name, member.Member.Name);
        string[] known = [.. inputs.Select(input => Matching(member, input.Spec).Name)];
        if (member.Member.Predictor.Signature.Inputs.FirstOrDefault(own => !known.Contains(own.Name)) is InputSpec extra)
        {
            throw new InputException($"The members read different inputs: '{b}' takes the input '{extra.Name}', which '{a}' does not have.");
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            InputSpec own = Matching(member, inputs[i].Spec);
            DataType ours = Element(inputs[i].Value);
            DataType theirs = Element(Declared(member, own.Name));
            if (ours != theirs)
            {
                throw new InputException($"The input '{inputs[i].Spec.Name}' differs: '{a}' takes {Words(ours)}, '{b}' takes {Words(theirs)}.");
            }

            inputs[i] = Narrowed(inputs[i], own, a, b);
            CheckFeatures(first, member, inputs[i].Spec.Name, own.Name);
        }
    }

    private static (ValueInfoProto Value, InputSpec Spec) Narrowed((ValueInfoProto Value, InputSpec Spec) shared, InputSpec own, string a, string b)
    {
        InputSpec spec = shared.Spec;
        if (spec.FixedBatch > 0 && own.FixedBatch > 0 && spec.FixedBatch != own.FixedBatch)
        {
            throw new InputException($"The input '{spec.Name}' differs: '{a}' takes exactly {spec.FixedBatch} rows at once, '{b}' {own.FixedBatch}.");
        }

        bool fits = Fits(spec, own);
        bool holdsAsMuch = spec.Width > 0 && spec.Width == own.Width && spec.RowShape.Count > 0 && own.RowShape.Count > 0;
        if (!fits && !holdsAsMuch)
        {
            throw new InputException($"The input '{spec.Name}' differs: '{a}' takes {Shape(spec)}, '{b}' {Shape(own)}.");
        }

        int[] row = fits ? [.. spec.RowShape.Zip(own.RowShape, (mine, theirs) => mine < 0 ? theirs : mine)] : [.. spec.RowShape];
        int batch = Math.Max(spec.FixedBatch, own.FixedBatch);
        if (shared.Value.Type.TensorType.Shape is { } shape && shape.Dim.Count == row.Length + 1)
        {
            foreach ((int size, int at) in row.Prepend(batch).Select((size, at) => (size, at)).Where(pair => pair.size > 0))
            {
                shape.Dim[at].DimValue = size;
            }
        }

        return (shared.Value, spec with { RowShape = row, FixedBatch = batch });
    }

    private static bool Fits(InputSpec one, InputSpec other) => one.RowShape.Count == other.RowShape.Count
        && one.RowShape.Zip(other.RowShape).All(pair => pair.First == pair.Second || pair.First < 0 || pair.Second < 0);

    private static void CheckFeatures(MemberReading first, MemberReading member, string shared, string own)
    {
        (string a, string b) = (first.Member.Name, member.Member.Name);
        if (first.Member.Encoding is null && member.Member.Encoding is null)
        {
            return;
        }

        if (first.Member.Encoding is null || member.Member.Encoding is null)
        {
            (string with, string without) = first.Member.Encoding is null ? (b, a) : (a, b);
            throw new InputException($"'{with}' has an encoding and '{without}' has none, so nobody can say that they read the same columns. Give both one.");
        }

        IReadOnlyList<EncodedFeature> mine = Features(first.Member.Encoding, shared);
        IReadOnlyList<EncodedFeature> theirs = Features(member.Member.Encoding, own);
        if (mine.Count != theirs.Count)
        {
            throw new InputException($"The input '{shared}' differs: '{a}' reads {mine.Count} features of the rows, '{b}' {theirs.Count}.");
        }

        for (int i = 0; i < mine.Count; i++)
        {
            if (Canonical(mine[i]) != Canonical(theirs[i]))
            {
                throw new InputException(mine[i].Column != theirs[i].Column
                    ? $"The input '{shared}' differs: its feature {i + 1} is the column '{mine[i].Column}' for '{a}' and '{theirs[i].Column}' for '{b}'."
                    : $"The input '{shared}' differs: '{a}' and '{b}' read its feature {i + 1}, the column '{mine[i].Column}', in different ways (kind, levels, or what an empty cell becomes).");
            }
        }
    }

    private static IReadOnlyList<EncodedFeature> Features(ModelEncoding encoding, string input) =>
        encoding.Inputs.FirstOrDefault(known => known.Name == input)?.Features ?? [];

    // Names of features are the encoding's own affair; a picture's cell and a number are the same number.
    private static string Canonical(EncodedFeature feature) => Convert.ToHexString(new ModelEncoding
    {
        Inputs = [new EncodedInput("", null, [feature with { Name = "", Kind = feature.Kind == FeatureKind.Image ? FeatureKind.Numeric : feature.Kind }])],
    }.CanonicalBytes());

    // By name; where each has one input, that one, whatever its name.
    private InputSpec Matching(MemberReading member, InputSpec shared)
    {
        IReadOnlyList<InputSpec> own = member.Member.Predictor.Signature.Inputs;
        return own.FirstOrDefault(input => input.Name == shared.Name) ?? (own.Count == 1 && inputs.Count == 1
            ? own[0]
            : throw new InputException($"The members read different inputs: '{firstName}' takes the input '{shared.Name}', which '{member.Member.Name}' does not have."));
    }

    private static ValueInfoProto Declared(MemberReading member, string name) => member.Model.Graph.Input.First(input => input.Name == name);

    private static DataType Element(ValueInfoProto value) => (DataType)value.Type.TensorType.ElemType;

    private static string Words(DataType type) => type switch
    {
        DataType.String => "text",
        DataType.Bool => "truth values",
        DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16 => $"numbers ({type.ToString().ToLowerInvariant()})",
        _ => $"whole numbers ({type.ToString().ToLowerInvariant()})",
    };

    private static string Shape(InputSpec spec) => spec.Width < 0
        ? $"rows of the shape [{string.Join(", ", spec.RowShape.Select(size => size < 0 ? "?" : size.ToString()))}]"
        : $"{spec.Width} {(spec.Width == 1 ? "number" : "numbers")} a row ([{string.Join(", ", spec.RowShape)}])";
}
