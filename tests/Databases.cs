namespace Governance.Tests;

/// <summary>The databases that the registry runs on.</summary>
public enum Database
{
    /// <summary>A file of its own.</summary>
    Sqlite,

    /// <summary>A database of its own on <see cref="PostgreSqlServer"/>.</summary>
    PostgreSql,
}

/// <summary>Which database the running test is for.</summary>
public static class Databases
{
    private static readonly AsyncLocal<Database?> OfTest = new();

    // GOVERNANCE_DATABASE=PostgreSql turns every test that does not say otherwise to PostgreSQL.
    private static readonly Database Usual =
        Enum.TryParse(Environment.GetEnvironmentVariable("GOVERNANCE_DATABASE"), ignoreCase: true, out Database named) ? named : Database.Sqlite;

    /// <summary>The database of the test that runs here, and of all that it starts.</summary>
    public static Database Current
    {
        get => OfTest.Value ?? Usual;
        set => OfTest.Value = value;
    }
}
