using System.Buffers.Binary;
using Governance.Audit.Data;
using static Governance.Audit.Tests.Data.GivenFiles;
using static Governance.Audit.Tests.Data.PackedFiles;

namespace Governance.Audit.Tests.Data;

public sealed class NpyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_matrix_gives_a_column_for_each_of_its_columns_in_either_order(byte version)
    {
        Table rows = Read(Npy("<f8", false, "(2, 3)", Doubles(1, 2, 3, 4, 5, 6), version));
        Table columns = Read(Npy("<f8", true, "(2, 3)", Doubles(1, 4, 2, 5, 3, 6), version));

        foreach (Table table in (Table[])[rows, columns])
        {
            Assert.Equal(["c0", "c1", "c2"], table.Columns.Select(column => column.Name));
            Assert.Equal([2.0, 5.0], ((NumberColumn)table.Need("c1")).Values.ToArray());
            Assert.Equal("Data row 2", table.Place(1));
        }
    }

    [Fact]
    public void Images_become_wide_rows_and_a_vector_one_column()
    {
        Table images = Read(Npy("<f8", false, "(2, 1, 2, 2)", Doubles(1, 2, 3, 4, 5, 6, 7, 8)));
        Table vector = Read(Npy("<f8", false, "(3,)", Doubles(1, double.NaN, 3)));

        Assert.Equal([4, 2], [images.Columns.Count, images.Rows]);
        Assert.Equal([4.0, 8.0], ((NumberColumn)images.Need("c3")).Values.ToArray());
        Assert.Equal(["1", null, "3"], Texts(vector.Need("c0")));
    }

    public static TheoryData<string, byte[], string> Elements() => new()
    {
        { ">f8", [.. Doubles(1.5).Reverse()], "1.5" },
        { "<f4", [0, 0, 0xC0, 0x3F], "1.5" },
        { ">f2", [0x3E, 0x00], "1.5" },
        { "|i1", [0xFE], "-2" },
        { "|u1", [0xFE], "254" },
        { "<i2", [0xFE, 0xFF], "-2" },
        { ">u2", [0xFF, 0xFE], "65534" },
        { "<i4", [0xFE, 0xFF, 0xFF, 0xFF], "-2" },
        { "<i8", [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "-2" },
        { "<u8", [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "18446744073709551614" },
        { ">i8", [0x80, 0, 0, 0, 0, 0, 0, 0], "-9223372036854775808" },
        { "|b1", [1], "1" },
        { "|S4", [.. "ab"u8, 0, 0], "ab" },
        { "<U2", [0xE9, 0, 0, 0, 0, 0, 0, 0], "é" },
        { ">U1", [0, 1, 0xF6, 0x00], "\U0001F600" },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Reads_every_element_type_that_fits_a_table(string type, byte[] bytes, string text) =>
        Assert.Equal([text], Texts(Read(Npy(type, false, "(1,)", bytes)).Columns[0]));

    [Fact]
    public void Whole_numbers_beyond_2_to_the_53_make_the_column_text_so_that_none_is_rounded()
    {
        byte[] bytes = new byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, 7);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), 9007199254740993);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), -1);

        Assert.Equal(["7", "9007199254740993", "-1"], Texts(Read(Npy("<i8", false, "(3,)", bytes)).Columns[0]));
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "pickled")]
    [InlineData("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", "several fields")]
    [InlineData("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", "complex")]
    [InlineData("{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,), }", "dates")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }", "not read here")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "single value")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", "not of the form")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } + __import__('os')", "not of the form")]
    [InlineData("{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,), }", "not of the form")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "not of the form")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", "not of the form")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", "declares the shape (2)")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 0), }", "without columns")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "8,192 are accepted")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807,), }", "50,000,000 rows")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 8193), }", "8,193 columns")]
    [InlineData("", "not of the form")]
    public void Refuses_every_other_header(string header, string what) =>
        Assert.Contains(what, Refused(Npy(header, Doubles(1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_infinities_and_broken_text_with_the_row()
    {
        InputException infinite = Refused(Npy("<f8", false, "(2,)", Doubles(1, double.NegativeInfinity)));

        Assert.Equal(2, infinite.Line);
        Assert.Contains("infinite", infinite.Message, StringComparison.Ordinal);
        Assert.Contains("not Unicode", Refused(Npy("<U1", false, "(1,)", [0, 0xD8, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("not Unicode", Refused(Npy("|S1", false, "(1,)", [0xFF])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_arrays_of_an_archive_stand_side_by_side()
    {
        byte[] x = Npy("<f8", false, "(2, 2)", Doubles(1, 2, 3, 4));
        byte[] y = Npy("|b1", false, "(2,)", [0, 1]);

        Table table = Read(Zip(("x.npy", x), ("y.npy", y)));

        Assert.Equal(["x_0", "x_1", "y"], table.Columns.Select(column => column.Name));
        Assert.Equal([0.0, 1.0], ((NumberColumn)table.Need("y")).Values.ToArray());
        Assert.Contains("'x_0' has 2", Refused(Zip(("x.npy", x), ("z.npy", Npy("|b1", false, "(3,)", [0, 1, 1])))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_archive_that_NumPy_wrote_with_an_array_for_each_coalition_is_too_wide_for_a_table()
    {
        byte[] file = File.ReadAllBytes(Governance.Tests.Reference.Path("goldens", "shap", "logreg_exact.npz"));

        Assert.Contains("8,204 columns", Refused(file).Message, StringComparison.Ordinal);
    }
}
