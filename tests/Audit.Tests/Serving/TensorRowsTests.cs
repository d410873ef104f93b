using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Serving;

namespace Governance.Audit.Tests.Serving;

public sealed class TensorRowsTests
{
    private const string Encoding = """
        {"inputs":[
          {"name":"x","shape":[null,5],"features":[
            {"name":"age","column":"age","kind":"numeric","missing":"nan"},
            {"name":"job","column":"job","kind":"map","map":{"clerk":1,"smith":2}},
            {"name":"home=own","column":"home","kind":"onehot","level":"own","unseen":"ignore"},
            {"name":"home=rent","column":"home","kind":"onehot","level":"rent","unseen":"ignore"},
            {"name":"share","column":"share","kind":"numeric","missing":"nan"}]},
          {"name":"t","shape":[null,1],"features":[{"name":"town","column":"town","kind":"text","missing":"nowhere"}]}]}
        """;

    private static readonly ModelSignature Signature = new(
        [new InputSpec("x", TensorKind.Float, [5], 0), new InputSpec("t", TensorKind.Text, [1], 0)],
        [new OutputSpec("y", "tensor(float)", [null, 1], OutputRole.Value, null)]);

    private static readonly RowEncoder Encoder = new(Signature, ModelEncoding.Read(System.Text.Encoding.UTF8.GetBytes(Encoding)));
    private static readonly RowForm Form = new(Encoder.Columns, Encoder, []);

    [Fact]
    public void Tensors_of_the_model_become_the_readable_row_that_encodes_to_them()
    {
        Table rows = TensorRows.Read(Form, [X(40, 2, 0, 1, 0.1f), Town("Bern")]);

        Assert.Equal(["40", "smith", "rent", "0.1", "Bern"], rows.Columns.Select(column => column.Text(0)));
    }

    [Fact]
    public void Whatever_readable_rows_encode_to_is_read_back_and_encoded_again_to_the_same_bytes()
    {
        Random random = new(4);
        Table rows = new(
        [
            new NumberColumn("age", [.. Enumerable.Range(0, 200).Select(at => at % 9 == 0 ? double.NaN : random.Next(90))]),
            TextColumn.Of("job", [.. Enumerable.Range(0, 200).Select(_ => random.Next(2) == 0 ? "clerk" : "smith")]),
            TextColumn.Of("home", [.. Enumerable.Range(0, 200).Select(_ => random.Next(2) == 0 ? "own" : "rent")]),
            new NumberColumn("share", [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())]),
            TextColumn.Of("town", [.. Enumerable.Range(0, 200).Select(at => at % 7 == 0 ? null : $"town {random.Next(5)}")]),
        ]);
        InputBatch batch = Encoder.Encode(rows);
        NamedTensor[] tensors = [.. batch.Tensors.Select(tensor => new NamedTensor(tensor.Name, [tensor.Rows, tensor.Width], tensor.Values))];

        Table read = TensorRows.Read(Form, tensors);

        Assert.Equal(batch.Tensors.Select(tensor => tensor.Values), Encoder.Encode(read).Tensors.Select(tensor => tensor.Values));
        Assert.Equal(Enumerable.Range(0, 200).Select(rows.Need("town").Text), Enumerable.Range(0, 200).Select(read.Need("town").Text));
        Assert.Equal(Enumerable.Range(0, 200).Select(rows.Need("age").Text), Enumerable.Range(0, 200).Select(read.Need("age").Text));
    }

    [Theory]
    [InlineData(40, 3, 0, 1, "'job'")] // no level is 3
    [InlineData(40, 1, 1, 1, "'home=rent'")] // two levels at once
    [InlineData(40, 1, 0.5, 1, "'home=own'")] // half a level
    public void A_tensor_that_no_readable_row_stands_behind_is_refused(float age, float job, float own, float rent, string named)
    {
        InputException refusal = Assert.Throws<InputException>(() => TensorRows.Read(Form, [X(age, job, own, rent, 0.5f), Town("Bern")]));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_may_be_sent_in_place_of_tensors_in_any_order_and_number_type()
    {
        Table rows = TensorRows.Read(Form,
        [
            new NamedTensor("town", [2], new[] { "Bern", "" }), new NamedTensor("age", [2, 1], new long[] { 40, 41 }),
            new NamedTensor("share", [2], new[] { 0.1f, float.NaN }), new NamedTensor("home", [2], new[] { "own", "rent" }),
            new NamedTensor("job", [2], new[] { "clerk", "smith" }),
        ]);

        Assert.Equal(["40", "clerk", "own", "0.1", "Bern"], rows.Columns.Select(column => column.Text(0)));
        Assert.Equal(["41", "smith", "rent", null, null], rows.Columns.Select(column => column.Text(1)));
    }

    [Fact]
    public void What_is_missing_unknown_twice_or_of_another_shape_is_named()
    {
        Assert.Contains("'t'", Refusal(X(40, 1, 0, 1, 0.5f)), StringComparison.Ordinal);
        Assert.Contains("no input 'z'", Refusal(X(40, 1, 0, 1, 0.5f), Town("Bern"), new NamedTensor("z", [1], new long[1])), StringComparison.Ordinal);
        Assert.Contains("twice", Refusal(Town("a"), Town("b")), StringComparison.Ordinal);
        Assert.Contains("[rows, 5]", Refusal(new NamedTensor("x", [1, 4], new float[4]), Town("Bern")), StringComparison.Ordinal);
        Assert.Contains("first dimension", Refusal(new NamedTensor("x", [2, 5], new float[10]), Town("Bern")), StringComparison.Ordinal);
        Assert.Contains("another type", Refusal(new NamedTensor("x", [1, 5], new double[5]), Town("Bern")), StringComparison.Ordinal);
        Assert.Contains("no input 'job'", Refusal(Town("Bern"), new NamedTensor("town", [1], new[] { "Bern" })) + Refusal(new NamedTensor("town", [1], new[] { "Bern" }), new NamedTensor("age", [1], new long[1])), StringComparison.Ordinal);
    }

    private static string Refusal(params NamedTensor[] tensors) => Assert.Throws<InputException>(() => TensorRows.Read(Form, tensors)).Message;

    private static NamedTensor X(params float[] values) => new("x", [1, 5], values);

    private static NamedTensor Town(string name) => new("t", [1, 1], new[] { name });
}
