using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Encodings;

public sealed class RowEncoderTests
{
    private static readonly ModelSignature OneFloat = Signature(("x", TensorKind.Float, [4]));

    private static readonly ModelEncoding Readable = ModelEncoding.Read(Encoding.UTF8.GetBytes("""
        {"inputs":[{"name":"x","features":[
            {"name":"age","kind":"numeric"},
            {"name":"sex","kind":"map","map":{"f":0,"m":1}},
            {"name":"city=A","column":"city","kind":"onehot","level":"A","missing_as":"B"},
            {"name":"city=B","column":"city","kind":"onehot","level":"B","missing_as":"B"}]}]}
        """));

    [Fact]
    public void Encodes_numbers_maps_and_one_hot_levels_and_ignores_other_columns()
    {
        Table table = CsvTable.Parse("id,city,sex,age\n1,A,f,30.5\n2,B,m,\n3,,f,7\n4,C,m,8\n");

        InputBatch batch = new RowEncoder(OneFloat, Readable).Encode(table);

        Assert.Equal(
            [30.5f, 0, 1, 0, float.NaN, 1, 0, 1, 7, 0, 0, 1, 8, 1, 0, 0],
            (float[])batch.Tensors[0].Values);
    }

    [Fact]
    public void Levels_that_are_numbers_match_cells_of_any_spelling()
    {
        ModelEncoding encoding = ModelEncoding.Read(Encoding.UTF8.GetBytes("""
            {"inputs":[{"name":"x","features":[
                {"name":"m","column":"grade","kind":"map","map":{"1.0":10,"2.0":20}},
                {"name":"grade=1","column":"grade","kind":"onehot","level":"1"}]}]}
            """));

        InputBatch batch = new RowEncoder(Signature(("x", TensorKind.Float, [2])), encoding).Encode(CsvTable.Parse("grade\n1\n2.00\n"));

        Assert.Equal([10f, 1, 20, 0], (float[])batch.Tensors[0].Values);
    }

    [Fact]
    public void A_single_free_input_takes_all_columns_even_if_one_bears_its_name() =>
        Assert.Equal(2, Encode(Signature(("x", TensorKind.Float, [-1])), "x,y\n1,2\n").Tensors[0].Width);

    [Theory]
    [InlineData("age,sex\n1,f\n", "column 'city'", null)]
    [InlineData("age,sex,city\n1,f,A\nabc,f,A\n", "'abc'", 3L)]
    [InlineData("age,sex,city\n1,x,A\n", "'x'", 2L)]
    [InlineData("age,sex,city\n1,f,A\n1,,A\n", "empty", 3L)]
    [InlineData("age,sex,city\n1e300,f,A\n", "too large", 2L)]
    public void Names_the_absent_column_and_the_place_of_a_bad_cell(string csv, string what, long? line)
    {
        InputException refusal = Assert.Throws<InputException>(() => new RowEncoder(OneFloat, Readable).Encode(CsvTable.Parse(csv)));

        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(line, refusal.Line);
        Assert.NotNull(refusal.Column);
    }

    [Fact]
    public void The_place_of_a_bad_cell_is_that_of_the_file_even_after_a_filter()
    {
        Table table = CsvTable.Parse("age,sex,city\n1,f,\"A\nB\"\n2,f,A\nx,f,A\n").Take([2]);

        InputException refusal = Assert.Throws<InputException>(() => new RowEncoder(OneFloat, Readable).Encode(table));

        Assert.StartsWith("Data row 3 (line 5), column 'age'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_encoding_columns_are_taken_by_position()
    {
        Table table = CsvTable.Parse("d,c,b,a\n1,2,3,\n");

        InputBatch batch = RowEncoder.For(Signature(("pixels", TensorKind.Float, [1, 2, 2])), null, table).Encode(table);

        Assert.Equal([1f, 2, 3, float.NaN], (float[])batch.Tensors[0].Values);
        Assert.Equal([1, 2, 2], batch.Tensors[0].RowShape);
    }

    [Fact]
    public void Named_inputs_take_their_columns_and_leave_the_rest()
    {
        ModelSignature signature = Signature(("n", TensorKind.Int64, [1]), ("t", TensorKind.Text, [1]), ("flag", TensorKind.Boolean, []));
        Table table = CsvTable.Parse("extra,flag,t,n\n9,1,x,9007199254740993\n9,0,,-3\n");

        InputBatch batch = RowEncoder.For(signature, null, table).Encode(table);

        Assert.Equal([9007199254740993, -3], (long[])batch.Tensors[0].Values);
        Assert.Equal(["x", ""], (string[])batch.Tensors[1].Values);
        Assert.Equal([true, false], (bool[])batch.Tensors[2].Values);
    }

    [Fact]
    public void Truth_values_may_be_written_in_words() =>
        Assert.Equal(
            [true, false],
            (bool[])Encode(Signature(("flag", TensorKind.Boolean, [1])), "flag\nTrue\nfalse\n").Tensors[0].Values);

    [Fact]
    public void Features_choose_and_order_the_columns()
    {
        Table table = CsvTable.Parse("a,b,c\n1,2,3\n");

        InputBatch batch = RowEncoder.For(Signature(("x", TensorKind.Double, [2])), null, table, ["c", "a"]).Encode(table);

        Assert.Equal([3.0, 1.0], (double[])batch.Tensors[0].Values);
    }

    [Fact]
    public void A_free_dimension_takes_all_columns()
    {
        Table table = CsvTable.Parse("a,b,c,d\n1,2,3,4\n");

        InputBatch batch = RowEncoder.For(Signature(("x", TensorKind.Float, [-1, 2])), null, table).Encode(table);

        Assert.Equal([2, 2], batch.Tensors[0].RowShape);
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n", "takes 4 columns")]
    [InlineData("a,b,c,d,e\n1,2,3,4,5\n", "--features")]
    public void Extra_and_absent_columns_are_refused_without_features_or_encoding(string csv, string what) =>
        Assert.Contains(what, Assert.Throws<InputException>(() => Encode(OneFloat, csv)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_named_input_without_its_column_is_refused_by_name()
    {
        InputException refusal = Assert.Throws<InputException>(() =>
            Encode(Signature(("a", TensorKind.Float, [1]), ("b", TensorKind.Float, [1])), "a,c\n1,2\n"));

        Assert.Equal("b", refusal.Column);
    }

    [Theory]
    [InlineData("n\n1\n\n2\n", TensorKind.Int64, "empty")]
    [InlineData("n\n1.5\n", TensorKind.Int64, "1.5")]
    [InlineData("n\n3000000000\n", TensorKind.Int32, "3000000000")]
    [InlineData("n\n2\n", TensorKind.Boolean, "neither 0 nor 1")]
    public void Whole_and_truth_values_must_be_such(string csv, TensorKind kind, string what)
    {
        InputException refusal = Assert.Throws<InputException>(() => Encode(Signature(("n", kind, [1])), csv));

        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Line);
    }

    [Fact]
    public void One_hot_features_of_a_column_are_one_player_unless_asked_otherwise()
    {
        RowEncoder encoder = new(OneFloat, Readable);

        Assert.Equal(["age", "sex", "city"], encoder.Players().Select(player => player.Name));
        Assert.Equal(["city=A", "city=B"], encoder.Players()[2].Members!);
        Assert.Equal([2, 3], encoder.Players()[2].Elements.Select(element => element.Offset));
        Assert.Equal(["age", "sex", "city=A", "city=B"], encoder.Players(byFeature: true).Select(player => player.Name));
    }

    [Fact]
    public void Groups_of_the_encoding_are_players()
    {
        Dictionary<string, IReadOnlyList<string>> groups = new() { ["person"] = ["sex", "age"] };

        Assert.Equal(["person", "city"], new RowEncoder(OneFloat, Readable with { Groups = groups }).Players().Select(player => player.Name));
        Assert.Throws<InputException>(() =>
            new RowEncoder(OneFloat, Readable with { Groups = new Dictionary<string, IReadOnlyList<string>> { ["g"] = ["nobody"] } }).Players());
    }

    private static InputBatch Encode(ModelSignature signature, string csv)
    {
        Table table = CsvTable.Parse(csv);
        return RowEncoder.For(signature, null, table).Encode(table);
    }

    private static ModelSignature Signature(params (string Name, TensorKind Kind, int[] Shape)[] inputs) =>
        new([.. inputs.Select(input => new InputSpec(input.Name, input.Kind, input.Shape, 0))], []);
}
