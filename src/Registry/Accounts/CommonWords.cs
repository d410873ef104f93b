namespace Governance.Registry.Accounts;

/// <summary>Words that guessers put first: our own list, by kinds that people choose from, in the order in which they are tried.</summary>
internal static class CommonWords
{
    // In the plain form that PasswordStrength compares: small letters, digits read as the letters they stand for.
    private const string Text =
        // what the field asks for, and greetings
        "password passwort passwd pass word pwd welcome letmein login logon signin admin administrator root user guest test tester testing "
        + "demo default changeme change secret private access master system server service support manager temp temporary hello hallo bonjour "
        + "hola ciao goodbye please thanks thankyou trustno open enter unlock key keys my the new old your our this that is it me you we for and "
        // this product and its trade
        + "governance model models audit auditor reviewer approver developer operator consumer compliance portal bank banking finance credit "
        + "mortgage risk company office work business corporate security secure data database onnx sample example "
        // people, love, beliefs
        + "love iloveyou loveyou baby honey sweet darling angel princess prince king queen jesus god christ heaven family mother father mom dad "
        + "sister brother girl boy girlfriend boyfriend friend friends forever happy lucky smile sunshine beautiful sexy hot cool "
        // seasons, months, days
        + "spring summer autumn fall winter january february march april may june july august september october november december monday tuesday "
        + "wednesday thursday friday saturday sunday today tomorrow morning night sommer fruehling herbst montag dienstag mittwoch donnerstag freitag "
        // animals, things, colours
        + "monkey dragon tiger lion bear wolf eagle horse dog cat puppy kitty kitten bunny dolphin shark panther cheese chocolate cookie coffee banana "
        + "apple orange lemon cherry pepper ginger sugar flower flowers rose star stars moon sun sky ocean river mountain fire ice snow storm thunder "
        + "shadow silver gold golden black white red blue green yellow purple pink computer internet wifi phone mobile laptop windows mac linux google "
        + "facebook amazon microsoft apple samsung android iphone "
        // sport, games, films
        + "football soccer baseball basketball hockey tennis golf player gamer game games winner champion champions liverpool chelsea arsenal barcelona "
        + "juventus realmadrid yankees cowboys lakers superman batman spiderman ironman starwars pokemon pikachu minecraft mario sonic matrix hacker "
        + "ninja warrior hunter killer legend hero magic wizard knight "
        // names
        + "michael jennifer jessica ashley daniel david john robert james thomas william andrew anthony joshua matthew christopher jordan justin brandon "
        + "charlie george harry jack oliver alex alexander max peter paul mark martin andreas stefan anna maria laura sarah lisa julia nicole michelle "
        + "amanda melissa sandra andrea claudia charlotte sophie emma olivia emily hannah daniela francesca carlos jose juan pedro antonio "
        // places
        + "london paris berlin madrid rome newyork texas california florida boston chicago america england france germany italy spain canada australia "
        + "europe world city home house street garden school college university student teacher doctor";

    private static readonly Dictionary<string, int> Ranks = Rank();

    /// <summary>The letters of the longest.</summary>
    public static int Longest { get; } = Ranks.Keys.Max(word => word.Length);

    /// <summary>The place of a word, from 0; null where it is none of them.</summary>
    public static int? RankOf(string plain) => Ranks.TryGetValue(plain, out int rank) ? rank : null;

    private static Dictionary<string, int> Rank()
    {
        Dictionary<string, int> ranks = new(StringComparer.Ordinal);
        foreach (string word in Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            ranks.TryAdd(word, ranks.Count);
        }

        return ranks;
    }
}
