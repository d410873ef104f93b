using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Encodings;

public sealed class GroupThresholdsTests
{
    private const string Json = """
        {"inputs":[{"name":"x","features":[{"name":"f"}]}],
         "outputs":[{"name":"p","role":"probability","classes":["no","yes"]}], "label":{"column":"y","positive":"yes","favourable":"no"},
         "groupThresholds":{"method":"threshold","constraint":"equalized-odds","columns":["g"],"positive":"yes","otherwise":0.5,"key":"k",
           "groups":[{"group":"a","rules":[{"op":">","threshold":0.7}]},
                     {"group":"b","pIgnore":0.25,"constant":0.4,"rules":[{"p":0.5,"op":">=","threshold":0.2},{"p":0.5,"op":"never"}]}]}}
        """;

    private static readonly OutputSpec Spec = new("p", "tensor(float)", [null, 2], OutputRole.Probability, ["no", "yes"]);

    [Fact]
    public void They_are_part_of_the_encoding_and_of_its_digest()
    {
        ModelEncoding encoding = Read(Json);
        ModelEncoding again = ModelEncoding.Read(encoding.CanonicalBytes());

        Assert.Equal(encoding.Sha256, again.Sha256);
        Assert.NotEqual(encoding.Sha256, (encoding with { GroupThresholds = null }).Sha256);
        Assert.NotEqual(encoding.Sha256, Read(Json.Replace("0.7", "0.71", StringComparison.Ordinal)).Sha256);
        Assert.Equal(["g"], again.GroupThresholds!.Columns);
        Assert.Equal(new ThresholdRule(1, ThresholdOperator.Above, 0.7), again.GroupThresholds.Groups[0].Rules[0]);
        Assert.Equal(new ThresholdRule(0.5, ThresholdOperator.Never, null), again.GroupThresholds.Groups[1].Rules[1]);
    }

    [Fact]
    public void Encodings_without_them_keep_their_bytes()
    {
        ModelEncoding plain = Read(Json) with { GroupThresholds = null };

        Assert.DoesNotContain("groupThresholds", Encoding.UTF8.GetString(plain.CanonicalBytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"columns\":[\"g\"]", "\"columns\":[]")]
    [InlineData("\"op\":\">\"", "\"op\":\"~\"")]
    [InlineData("\"op\":\">\",\"threshold\":0.7", "\"op\":\">\"")]
    [InlineData("\"group\":\"b\"", "\"group\":\"a\"")]
    [InlineData("\"p\":0.5,\"op\":\"never\"", "\"p\":0.6,\"op\":\"never\"")]
    [InlineData("\"pIgnore\":0.25", "\"pIgnore\":1.25")]
    [InlineData("\"otherwise\":0.5,", "")]
    [InlineData("\"groupThresholds\"", "\"threshold\":0.5,\"groupThresholds\"")]
    public void Refuses_what_does_not_decide(string part, string instead) =>
        Assert.Throws<InputException>(() => Read(Json.Replace(part, instead, StringComparison.Ordinal)));

    // Group a is decided by 0.7, groups that nobody named and missing ones by 0.5 (inclusive).
    [Fact]
    public void Each_row_is_decided_by_its_group()
    {
        double[] scores = [0.6, 0.8, 0.5, 0.49, 0.5, double.NaN];

        string[] decided = Decide(scores, ["a", "a", "z", "z", null, "a"]);

        Assert.Equal(["no", "yes", "yes", "no", "yes", "no"], decided);
    }

    // P(yes | b, s) = 0.25 · 0.4 + 0.75 · 0.5 from 0.2 on, and 0.1 below.
    [Theory]
    [InlineData(0.9, 0.475)]
    [InlineData(0.2, 0.475)]
    [InlineData(0.1, 0.1)]
    public void Chance_is_as_frequent_as_the_rule_says(double score, double share)
    {
        const int Rows = 20_000;
        double[] scores = [.. Enumerable.Repeat(score, Rows)];

        string[] decided = Decide(scores, [.. Enumerable.Repeat("b", Rows)]);

        Assert.Equal(share, decided.Count(label => label == "yes") / (double)Rows, 4 * Math.Sqrt(share * (1 - share) / Rows));
    }

    [Fact]
    public void The_same_row_is_decided_alike_wherever_it_stands()
    {
        double[] scores = [.. Enumerable.Repeat(0.9, 300)];
        string?[] groups = [.. Enumerable.Repeat("b", 300)];
        int[] turned = [.. Enumerable.Range(0, 300).Reverse()];

        string[] all = Decide(scores, groups);
        string[] reversed = Decide(scores, groups, turned);
        string[] alone = [.. turned.Select(row => Decide([0.9], ["b"], [row])[0])];

        Assert.Equal(all, turned.Select(row => reversed[row]));
        Assert.Equal(reversed, alone);
        Assert.Equal(2, all.Distinct().Count());
    }

    [Fact]
    public void Another_key_draws_other_rows()
    {
        InputBatch batch = Batch([.. Enumerable.Range(0, 100)]);
        RowDraws one = new("one");
        RowDraws other = new("other");

        double[] first = [.. Enumerable.Range(0, 100).Select(row => one.Of(batch, row))];
        double[] second = [.. Enumerable.Range(0, 100).Select(row => other.Of(batch, row))];

        Assert.Equal(100, first.Distinct().Count());
        Assert.All(first, draw => Assert.InRange(draw, 0, 0.9999999999999999));
        Assert.Empty(first.Intersect(second));
    }

    // HMAC-SHA256 of the four bytes of 1f under "key", by another implementation: printf '\0\0\200\077' | openssl dgst -sha256 -hmac key
    [Fact]
    public void A_draw_is_the_first_bits_of_the_keyed_hash() =>
        Assert.Equal((0xbf085bfcc8789fa1UL >> 11) * Math.Pow(2, -53), new RowDraws("key").Of(Batch([1]), 0), 0.0);

    [Fact]
    public void Thresholds_of_groups_are_about_their_own_class_whatever_is_positive_for_the_reader()
    {
        DecisionRule rule = new(new ModelSignature([], [Spec]), Read(Json), positive: "no");

        Decisions decisions = rule.Decide(Prediction([0.6, 0.8]), Rows(["a", "a"]), Batch([0, 1]));

        Assert.Equal(["no", "yes"], decisions.Predicted!);
        Assert.Equal([0.4, 0.2], decisions.Scores!, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void No_other_threshold_and_no_rows_without_their_groups_are_accepted()
    {
        ModelSignature signature = new([], [Spec]);
        DecisionRule rule = new(signature, Read(Json));

        Assert.Throws<InputException>(() => new DecisionRule(signature, Read(Json), threshold: 0.4));
        Assert.Throws<InvalidOperationException>(() => rule.Decide(Prediction([0.6])));
        InputException refusal = Assert.Throws<InputException>(() =>
            rule.Decide(Prediction([0.6]), new Table([new NumberColumn("f", [1])]), Batch([0])));
        Assert.Equal("g", refusal.Column);
    }

    [Fact]
    public void Several_columns_make_one_group()
    {
        GroupThresholds step = Read(Json).GroupThresholds! with
        {
            Columns = ["g", "h"],
            Groups = [new GroupRule("a|x", 0, 0, [new ThresholdRule(1, ThresholdOperator.Always, null)])],
        };
        Table rows = new([TextColumn.Of("h", ["x", "y", null]), TextColumn.Of("g", ["a", "a", "a"])]);

        Assert.Equal([true, false, false], step.Decide([0.1, 0.1, 0.1], rows, Batch([0, 1, 2])));
    }

    [Fact]
    public void A_group_is_found_by_an_equal_number_where_files_write_it_otherwise()
    {
        GroupThresholds step = Read(Json).GroupThresholds! with
        {
            Groups = [new GroupRule("1", 0, 0, [new ThresholdRule(1, ThresholdOperator.Always, null)])],
        };

        Assert.Equal([true, true, false], step.Decide([0.1, 0.1, 0.1], Rows(["1.0", "1", "2"]), Batch([0, 1, 2])));
        Assert.Equal([true, false], step.Decide([0.1, 0.1], new Table([new NumberColumn("g", [1, double.NaN])]), Batch([0, 1])));
    }

    private static ModelEncoding Read(string json) => ModelEncoding.Read(Encoding.UTF8.GetBytes(json));

    private static string[] Decide(double[] scores, string?[] groups, int[]? features = null)
    {
        DecisionRule rule = new(new ModelSignature([], [Spec]), Read(Json));
        return rule.Decide(Prediction(scores), Rows(groups), Batch(features ?? [.. Enumerable.Range(0, scores.Length)])).Predicted!;
    }

    private static Prediction Prediction(double[] scores) =>
        new([new OutputValues(Spec, [.. scores.SelectMany(score => (double[])[1 - score, score])], null, [2], scores.Length, ["no", "yes"])]);

    private static Table Rows(string?[] groups) => new([TextColumn.Of("g", groups)]);

    private static InputBatch Batch(int[] features) => new([new InputTensor("x", features.Select(feature => (float)feature).ToArray(), 1, [1])]);
}
