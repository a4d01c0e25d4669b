// Given names.
//
// Sources, joined, cut to the commonest and sorted on 2026-11-27:
//  - US Census Bureau, 1990 Census name files, as shipped by PyPI `names` 0.3.0: in the public domain.
//  - PyPI `Faker` 40.63.0, `faker/providers/person/*`, locales in Latin script: MIT licence, copyright (c) 2012 Daniele
//    Faraglia. Its notice: "Permission is hereby granted, free of charge, to any person obtaining a copy of this software
//    and associated documentation files (the "Software"), to deal in the Software without restriction, including without
//    limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
//    Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The
//    above copyright notice and this permission notice shall be included in all copies or substantial portions of the
//    Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
//    LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT
//    SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
//    CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
//    IN THE SOFTWARE."
// A name is ambiguous that is a word in Debian's `wamerican` 2020.12.07, a place, a month or the name of a bank.

/// Given names, by a space apart.
enum GivenNames {
    /// Names that are hardly anything else.
    static let clear: StaticString = """
        Aage Aanuoluwapo Aaron Abayomi Abbie Abby Abdi Abdul Abdullah Abebi Abel Abeni Abigail Abiodun Abiona \
        Abosede Abraham Abril Achille Adaeze Adalberto Adam Adams Adan Addie Adebiyi Adebowale Adebukola Adedayo \
        Adedeji Adekitan Adekola Adekunle Adela Adelaida Adele Adeleke Adelina Adeline Adell Adeniyi Adeolu Adeoti \
        Aderopo Adeshina Adesoji Adetayo Adeyi Adigun Adil Aditya Adolf Adolfo Adolfs Adolph Adomas Adrian Adriana \
        Adriane Adrianna Adrianne Adriano Adrien Adrienne Adrija Adrián Adán Adèle Adéla Afolarin Afonso Agata \
        Agatha Agathe Agne Agnes Agnese Agneta Agnieszka Agnès Agnė Agris Agustin Agustina Agustín Agáta Ahmad \
        Ahmed Aida Aidan Aideen Aiden Aiga Aigars Aija Aileen Ailis Aime Aimee Aimé Aimée Aina Ainars Aine Aino \
        Ainārs Aisha Aisling Aistis Aivar Aivaras Aivars Ajala Ajani Akanmu Ake Akinkunmi Akinlabi Akinwale Alade \
        Alain Alaina Alamu Alan Alana Alanna Alba Albert Alberta Alberte Alberto Alberts Albin Albina Albína Alda \
        Aldis Aldo Alecia Alejandra Alejandro Aleks Aleksandar Aleksander Aleksandr Aleksandra Aleksandras \
        Aleksandrs Aleksei Aleksi Alen Alena Alene Alesia Alessandro Alessia Alessio Aleta Aletha Alex Alexander \
        Alexandr Alexandra Alexandre Alexandrie Alexej Alexia Alexis Alf Alfons Alfonso Alfred Alfreda Alfredo \
        Alfreds Alfrēds Algirdas Ali Alice Alicia Alida Alina Alisa Alise Alisha Alison Alissa Alistair Alix Allan \
        Allana Allen Allene Allie Allison Allyson Alma Alois Alonso Alonzo Alphonse Alphonso Alta Altagracia Althea \
        Alton Alva Alvar Alvaro Alvin Alvina Alvine Alvīne Alyce Alyson Alyssa Alzbeta Alícia Alīda Alžběta Amador \
        Amalia Amalie Amalija Amanda Amandine Amarachi Amelia Amelie Amelija Ami Amie Amin Amina Amira Amos Amparo \
        Amy Amélia Amélie Amālija Ana Anabel Anabela Anais Anastasia Anastasie Anastazie Anastazja Anastázie Anaïs \
        Anda Andela Anders Anderson Andra Andras Andre Andrea Andreas Andree Andrei Andreia Andrej Andrejs Andres \
        Andress Andrew Andrešs Andria Andrija Andris Andrius Andrus Andrzej András André Andrée Andrés Andy Anděla \
        Ane Aneta Anete Anett Anette Anezka Anežka Angela Angelia Angelica Angelika Angelina Angeline Angelique \
        Angelita Angelo Angie Angus Angélica Angélique Anh Anica Aniela Anika Anissa Anita Anja Anjolaoluwa Anka \
        Ankica Ann Anna Annabel Annabella Annabelle Annamaria Annamarie Anne Anneli Annelie Annemarie Annetta \
        Annette Anni Annick Annie Annija Annika Annikki Annmarie Anny Anouk Ansis Antanas Antero Anthony Antionette \
        Anto Antoine Antoinette Anton Antonella Antonette Antoni Antonia Antonietta Antonija Antonin Antonina \
        Antonino Antonio Antonius Antons Antony Antonín Antoņina Antra Antti Antun António Antônio Anu Anđa Anđela \
        Aoife Apolena Apollo Apolonia Araceli Arcelia Archie Aretha Ari Ariadna Ariana Ariane Ariel Ariele Arielė \
        Arija Arijus Arild Aris Arkadiusz Arleen Arlene Arline Armand Armandas Armando Armands Armida Armin Arminas \
        Arnas Arnaud Arnaude Arne Arnis Arnold Arnoldas Arnolds Arnost Arnošt Arnulfo Aron Aronas Arron Arsenio \
        Arthur Artis Artur Arturas Arturo Arturs Artūras Artūrs Arunas Arvid Arvids Arvydas Arvīds Aryan Arūnas Asa \
        Asafe Asbjorn Asbjørn Ase Ashlee Ashleigh Ashley Ashling Ashton Asta Astrid Asuncion Asunción Athena Attila \
        Aubrey Aud Audra Audrey Audrius Augusta Augustas Auguste Augustin Augustine Augusto Augusts Aureja Aurel \
        Aurelia Aurelie Aurelija Aurelio Aurimas Aurora Aurore Aurélie Aurėja Ausma Ausra Ausrine Austra Aušra \
        Aušrinė Ava Avery Avis Axel Aya Ayaan Ayinde Ayla Aylin Aylla Ayodeji Ayodele Ayoub Azuolas Babasola \
        Babatunji Babawale Baiba Bailey Balazs Baltasar Balázs Bambi Bao Bara Barbara Barbora Barbra Barbro Barica \
        Barry Bart Bartek Bastian Beata Beatrice Beatrix Beatriz Becky Bedrich Bedřich Belen Belinda Bella Belva \
        Benas Benedict Benedikt Benedita Bengt Benicio Benita Benito Benjamim Benjamin Benjamín Bennie Benny Benoit \
        Benoît Bente Benthe Bento Benício Berend Berends Berit Bernabe Bernabé Bernadette Bernadine Bernard \
        Bernarda Bernardo Bernhard Bernice Bernie Berniece Bernita Bernt Bert Berta Bertha Bertie Bertil Bertram \
        Bertrand Bertulis Bess Bessie Beth Bethan Bethany Betsy Bette Bettie Bettina Betty Bettye Beulah Beverley \
        Beverly Beáta Bianca Bianka Bilal Biljana Billie Billy Birger Birgit Birgitta Birte Birthe Biruta Biserka \
        Bjarne Bjorg Bjorn Björn Bjørg Bjørn Blahoslav Blaine Blair Blake Blanca Blanche Blanka Blazej Blazena \
        Blažena Boaz Bobbi Bobbie Bobby Bodil Bogdan Bohumil Bohumila Bohumir Bohumír Bohuslav Boleslav Bonita \
        Boris Borivoj Borys Boyd Bozena Bozica Bořivoj Božena Božica Bradford Bradley Brady Branden Brandi Brandie \
        Brandon Branka Branko Brayan Breanna Breda Brencis Brenda Brendan Brenna Breno Brent Bret Bretislav Brett \
        Brian Briana Brianna Brianne Bridget Bridgett Bridgette Brigette Brigid Brigita Brigitta Brigitte Brita \
        Britney Britt Britta Brittany Brittney Brock Bronagh Bronislava Brooke Broņislava Bruce Bruna Bruno Bryan \
        Bryant Bryce Bryon Buford Burton Byron Bárbara Béatrice Bērends Bērtulis Błażej Břetislav Bảo Caetana Caio \
        Caitlin Caitlyn Caitriona Caleb Calebe Calista Callie Callum Calogero Calvin Cameron Camila Camilla Camille \
        Camilo Candace Candelaria Candi Candice Candida Caoimhe Capucine Cara Caren Carey Cari Caridad Carin Carina \
        Carine Carissa Carl Carla Carleen Carlene Carlo Carlos Carlota Carlotta Carlton Carly Carman Carmel Carmela \
        Carmelita Carmella Carmelo Carmen Carmina Carminho Carola Carole Carolin Caroline Carolyn Carrie Carrol \
        Carroll Carsten Carter Cary Caryn Casandra Casey Casper Cassandra Cassidy Cassie Catalina Catarina Caterina \
        Cathal Catharina Catharine Catherine Cathie Cathleen Cathrine Cathryn Cathy Catina Catrin Catrina Catriona \
        Caua Caue Cauã Cauê Cecelia Cecil Cecile Cecilia Cecilie Cecília Cedric Celeste Celestine Celia Celina \
        Celine Cesar Cezary Chanda Chandra Chanel Chantal Chantel Chantelle Charisse Charla Charleen Charlene \
        Charles Charley Charlie Charline Charlotta Charlotte Charmaine Charo Chasity Chau Che Chelsey Chelsie Cheri \
        Cherie Cheryl Cheyenne Chiamaka Chiara Chibuzo Chidimma Chigozie Chijioke Chinedu Chinelo Chinyere Chiquita \
        Chizoba Chloe Chloé Chong Chris Chrissy Christa Christal Christel Christelle Christer Christi Christiana \
        Christiane Christie Christin Christina Christine Christoffer Christoph Christophe Christopher Christy \
        Chrystal Chukwudi Chukwuemeka Châu Ciara Ciaran Cillian Cindi Cindy Cinthia Cipriano Ciro Clair Claire \
        Clara Clare Clarence Clarice Clarisa Clarissa Clark Claudette Claudia Claudine Claudio Claus Clayton \
        Clemence Clemens Clemente Clementina Clementine Cleo Cleveland Clifford Clifton Clint Clinton Cliodhna \
        Cliona Clive Clodagh Clyde Cláudio Clémence Cody Colby Cole Coleen Coleman Colette Colin Collette Collin \
        Colm Colum Conal Conall Conan Concepcion Concepción Concetta Conn Connie Connor Conny Conor Conrad \
        Constanca Constance Constantin Constanze Constança Consuela Consuelo Cora Cordelia Corey Cori Corina Corine \
        Corinna Corinne Cormac Cornelia Cornelio Cornelius Corrie Corrine Cortney Cory Courtney Craig Cristal \
        Cristian Cristiano Cristina Cristobal Cristy Cruz Csaba Ctibor Ctirad Curtis Cynthia Cyprian Cyril Cyrus \
        Cécile Cédric Célina Céline César Dace Dag Dagmar Dagmara Dagny Daiga Daina Dainis Dainius Daire Dalia \
        Dalibor Dalton Damaris Damian Damien Damife Damir Damjan Damon Dan Dana Dane Danelle Danette Dani Danial \
        Danica Daniel Daniela Daniele Danielius Daniella Danielle Daniels Danijel Danijela Danilo Danita Danna \
        Danny Dante Danuse Danuše Daphne Dara Darcy Daren Daria Darija Darin Darina Dario Darius Dariusz Darko \
        Darla Darleen Darlene Darnell Darragh Darrel Darrell Darren Darrin Darryl Darta Darwin Daryl Darío Dave \
        Davi David Davida Davis Davor Dawid Dawna Dayna Deana Deann Deanna Deanne Dearbhail Dearbhla Debbie Debby \
        Debi Debora Deborah Debra Debrah Declan Dee Deena Deidra Deidre Deirdre Deividas Dejan Delbert Delfina \
        Delia Delilah Della Delma Delmar Delois Delores Deloris Delphine Demetra Demetria Demetrius Demi Demilade \
        Dena Denice Denis Denisa Denise Dennis Denny Derek Derick Dermot Dervla Desiree Desmond Dessie Devin \
        Dewayne Dewey Dewi Dexter Dian Diana Diane Diann Dianna Dianne Diarmuid Didier Diego Dilara Dillon Dimas \
        Dimitri Dina Dinah Dinis Dino Diogo Dion Dionne Dita Dixie Diāna Dmitri Dobroslav Dollie Dolores Dom \
        Domagoj Domantas Domas Domenico Domhnall Dominga Domingo Dominic Dominick Dominik Dominika Dominique \
        Dominyka Dominykas Dona Donal Donald Donatas Donato Donita Donna Donnell Donnie Donny Donovan Dora Dorcas \
        Doreen Dorene Doretha Dorian Dorina Dorinda Doris Dorota Doroteja Dorothea Dorothee Dorothy Dorothée Dorris \
        Dortha Dorthy Dottie Doug Douglas Dovie Dovile Dovilė Dovydas Doyle Draga Dragan Dragica Drago Dragutin \
        Drahomira Drahomíra Drahoslav Drahoslava Drazen Dražen Duane Duarte Dudley Duje Dulce Duncan Duong Durdica \
        Duro Durodola Dusan Dustin Duyen Duyên Dušan Dwayne Dwight Dylan Dzidra Dzintars Dzintra Dávid Débora Dóra \
        Dārta Dāvis Dương Eamon Eamonn Earlene Earline Earnestine Easter Ebba Ebbe Ebuka Eda Edda Eddie Edel Eden \
        Edgar Edgaras Edgars Edie Edita Edite Edith Edmond Edmund Edmunds Edna Edouard Eduard Eduarda Eduardo \
        Eduards Edvard Edvardas Edvin Edvinas Edvins Edvīns Edward Edwin Edwina Edythe Edīte Eeva Effie Efrain \
        Egidijus Egil Egils Egle Eglė Egon Eidvile Eidvilė Eileen Eilis Eilish Eimantas Eimear Eimer Einar Eirik \
        Eivind Ekene Ekundayo Ela Elaine Elba Elbert Elda Eldon Eleanor Eleanore Elena Elenor Eleonora Eleonore \
        Elfriede Eli Elia Eliana Elias Elida Elif Elijah Elin Elina Eline Elinor Elis Elisa Elisabet Elisabeth \
        Elise Eliseo Elisha Eliska Elissa Elita Eliza Elizabeta Elizabete Elizabeth Elizebeth Eliška Ella Ellen \
        Elli Ellie Ellinor Elliot Elliott Ellis Elly Elma Elmars Elmer Elmo Elmārs Elna Elnora Eloa Eloah Elodia \
        Elodie Eloisa Eloise Elouise Eloy Eloá Elsa Elsie Elton Elva Elvia Elvin Elvira Elvis Elvíra Elvīra Elwood \
        Elyse Elza Elzbieta Elías Elīna Elżbieta Ema Emanuel Emanuela Emanuella Emanuelly Emeka Emelie Emer Emerson \
        Emil Emile Emilia Emilian Emiliano Emilie Emilija Emilio Emilis Emilly Emils Emily Emin Emma Emmanuel \
        Emmanuelle Emmet Emmett Emmi Emmy Emory Emília Emīlija Emīls Enda Ene Enid Enrico Enrika Enrique Enriqueta \
        Ensio Enzo Eoghan Eoin Eric Erica Erich Erick Ericka Erik Erika Erikas Eriks Erin Erkki Erlinda Erling Erma \
        Ermanis Erna Ernest Ernestas Ernestina Ernestine Ernesto Ernests Ernie Ernst Errol Ervin Erwin Eryk \
        Erzsebet Erzsébet Esmeralda Espen Esperanza Essie Esteban Estefania Estefanía Estela Estella Estelle Estera \
        Esther Estrella Esupofo Eszter Ethan Ethel Etienne Etta Eugen Eugene Eugenia Eugenio Eugène Eula Eulalia \
        Eunice Eusebia Eva Evaldas Evalds Evan Evangelina Evangeline Evelia Evelina Eveline Evelyn Evelyne Evelína \
        Everett Evert Evette Evi Evie Evija Evita Evonne Evy Ewa Ewelina Ezio Ezra Fabia Fabian Fabiana Fabienne \
        Fabio Fabiola Fabrice Fabrizio Fannie Fatima Fatma Faustas Fausto Fay Faye Feargal Fearghal Federico Fedor \
        Felecia Felicia Felicita Felicitas Felipa Felipe Felix Ferdinand Ferenc Fergal Fergus Fernanda Fernando \
        Fidel Filip Filipa Filipe Filippa Filippo Filomena Finbar Finn Fintan Fiona Fionnuala Flavia Flavio \
        Flemming Fletcher Flor Florencia Florentin Florentina Florian Florina Florine Flossie Floy Floyd Folu \
        Forrest Fortunata Fran Frances Francesca Francesco Francine Francis Francisca Francisco Franciska \
        Franciszek Franck Franco Francois Francoise Franjo Frankie Franklin Frans Frantisek Frantiska František \
        Františka Franz Franziska François Françoise Fred Freda Freddie Freddy Frederic Frederick Frederico \
        Frederik Frederique Fredo Fredrick Fredrik Freida Freja Freya Fricis Frida Fridolin Frieda Friedrich Fritz \
        Frode Fryderyk Frédéric Frédérique Fuma Fábio Félix Gabino Gabor Gabriel Gabriela Gabriele Gabrielius \
        Gabriella Gabrielle Gabrielly Gael Gaetano Gaida Gail Gaja Galen Galina Gareth Garrett Garry Gary Gaspar \
        Gatis Gavin Gaye Gayla Gayle Gbadebo Gbolahan Gbowoade Gederts Gediminas Geir Gemma Gena Genaro Genevieve \
        Geneviève Genovefa Genoveva Geoffrey Georg George Georges Georgette Georgiana Georgianna Georgie Georgina \
        Gerald Geraldine Gerard Gerardo Gerd Gerda Gerhard Geri Germaine German Germán Geronimo Gerri Gerry Gert \
        Gertie Gertrud Gertrude Gerónimo Giacomo Gianni Giedre Giedrius Giedrė Gil Gilbert Gilberto Gilda Gilles \
        Gillian Gina Ginny Gino Gintare Gintarė Giorgio Giovanna Giovanni Gisela Gitte Giulia Giuliano Giuseppe \
        Giuseppina Gladys Glenda Glenn Glenna Gloria Goda Goldie Goncalo Gonzalo Gonçalo Goran Gordana Gordon Gosta \
        Gracie Graciela Grady Graeme Graham Grainne Graziella Greg Gregg Gregoire Gregor Gregoria Gregorio Gregory \
        Greta Gretchen Grete Grethe Grieta Griselda Gro Grover Grzegorz Grégoire Grégory Grēta Guadalupe Gudrun \
        Guido Guilherme Guillaume Guillermina Guillermo Gunars Gunhild Gunilla Gunita Gunn Gunnar Gunta Guntars \
        Guntis Gunārs Gus Gussie Gustaf Gustas Gustav Gustavo Gustaw Gwen Gwendoline Gwendolyn Gyorgy Gyte Gytis \
        Gytė Gyula György Gábor Gérard Göran Gösta Hadassa Hai Hailey Hakan Hakon Hal Haley Halima Hallie Hamza \
        Hana Hanh Hanna Hannah Hanne Hannele Hannes Hannu Hans Hanss Harald Harijs Harlan Harley Harold Harri \
        Harriet Harriett Harriette Harris Harrison Harry Harvey Hasan Hassan Hattie Havard Haydee Hayden Hayley \
        Hedda Hedvika Hedwig Hege Heidi Heikki Heinrich Heitor Helen Helena Helene Helga Helge Hellen Hellena \
        Heloisa Heloísa Helēna Hendrik Henning Henri Henrieta Henrietta Henriette Henrik Henriks Henrique Henry \
        Herbert Heriberto Herlinda Herman Hermanis Hermelinda Hermina Herminia Hermína Hernan Hernán Hester Hilary \
        Hilda Hilde Hildegard Hillary Hillevi Hilma Hiram Hoang Holger Holli Hollie Hollis Hong Honore Honoré \
        Horace Horacio Hortencia Hortense Hortensia Horymir Horymír Howard Hoàng Hrvoje Hubert Hugh Hugo Hugues \
        Hulda Humberto Huong Hussein Huy Hynek Håkan Håkon Håvard Hélène Hương Hạnh Hải Hồng Iain Ian Iara Ibidapo \
        Ibrahim Ida Idella Idris Ieva Ifeanyi Ifechukwu Ifeoma Ifunanya Ige Ignac Ignacio Ignacy Ignas Igne Ignác \
        Ignė Igor Igors Ihsan Ika Ikenna Ikeoluwa Ila Ildiko Ildikó Ileana Ilene Ilga Ilias Ilija Ilmari Ilmars \
        Ilmārs Ilona Ilse Ilyas Ilze Ima Imants Imelda Imke Imogene Imre Ina Inara Inaya Indira Indra Indre Indrek \
        Indrikis Indriķis Indrė Ines Inese Ineta Inez Inga Inge Ingeborg Ingegerd Ingemar Inger Ingmar Ingrid \
        Ingrida Ingrīda Inguna Ingvar Inioluwa Inkeri Inta Inès Inés Inês Ināra Iola Iolanda Iona Ione Ira Iren \
        Irena Irene Irina Irja Irma Irmantas Irmeli Irvin Irving Irwin Irén Irēna Isa Isaac Isabel Isabela Isabell \
        Isabella Isabelle Isabelly Isadora Isaiah Isaque Iseoluwa Ishola Isidro Isis Ismael Ismail Issac Istvan \
        István Iva Ivan Ivana Ivanka Ivar Ivars Iveta Ivette Ivica Ivka Ivo Ivona Ivonne Iván Iwo Izabela Izabele \
        Izabelė Izidor Jaakko Jaan Jaanus Jacek Jacinta Jacinto Jack Jackie Jacklyn Jackson Jaclyn Jacob Jacobo \
        Jacque Jacquelin Jacqueline Jacquelyn Jacques Jacquline Jadranka Jafet Jaime Jaka Jake Jakob Jakobs Jakov \
        Jakub Jamal James Jami Jamie Jamil Jamila Jan Jana Jane Janeen Janel Janell Janelle Janet Janette Jani \
        Janice Janie Janina Janine Janis Janja Janko Janna Janne Jannette Jannie Jannis Janos Jaqueline Jared Jari \
        Jarl Jarlath Jarmila Jaromir Jaromír Jaroslav Jaroslava Jarrod Jarvis Jasmin Jasmina Jasminka Jasna Jason \
        Javier Jayme Jayne Jayson Jazeps Jean Jeana Jeanetta Jeanette Jeanie Jeanine Jeanna Jeanne Jeannette \
        Jeannie Jeannine Jedrzej Jeff Jefferson Jeffery Jeffrey Jeffry Jekabs Jekaterina Jekaubs Jele Jelena Jemma \
        Jena Jenelle Jenifer Jeniffer Jenna Jenni Jennie Jennifer Jenny Jens Jerald Jeremi Jeremiah Jeremias Jeremy \
        Jeremías Jeri Jermaine Jerome Jeronimo Jerri Jerry Jerzy Jerónimo Jesica Jesper Jess Jesse Jessica Jessie \
        Jesus Jesús Jevgeni Jewell Jezups Jill Jillian Jim Jimmie Jimmy Jindrich Jindriska Jindřich Jindřiška Jiri \
        Jirina Jitka Jiřina Jiří Joachim Joakim Joan Joana Joanie Joann Joanna Joanne Joao Joaquim Joaquin Joaquín \
        Jocelyn Jodi Jodie Jody Joe Joel Joelle Joellen Joesph Joey Johan Johana Johann Johanna Johanne Johannes \
        Johans John Johnathan Johnathon Johnna Johnnie Johnny Jokubas Jokūbas Jolana Jolanda Jolanta Jolene Jon \
        Jonas Jonatan Jonathan Jonathon Joni Jonna Jonnie Jonáš Jorge Jorgen Joris Jorune Jorunn Jorūnė Jose Josef \
        Josefa Josefin Josefina Josefine Joseph Josephina Josephine Josette Joshua Josiane Josie Josip Josipa Josko \
        Joso Josue Josué José Joséphine Jovita Joyce Joycelyn Jozef Jozo Jozsef João Joël Joëlle Joško Juan Juana \
        Juanita Jude Judi Judit Judita Judith Judy Juha Juhani Jukka Jula Jule Jules Juli Julia Julian Juliana \
        Juliane Julianna Julianne Julie Julien Juliet Julieta Juliette Julija Julijana Julijs Julio Julita Julius \
        Juliusz Jung Juozas Juraj Jure Jurgita Juri Juris Justas Justin Justina Justinas Justine Justus Justyna \
        Juwon Ján János Jérémy Jérôme Jéssica Józef József Jörgen Jørgen Jüri Jānis Jāzeps Jēkabs Jēkaubs Jędrzej \
        Jūla Jūle Jūlija Jūlijs Kaarina Kacper Kadri Kai Kaique Kaitlin Kaitlyn Kaj Kaja Kajetan Kajus Kala Kalervo \
        Kalevi Kalina Kalle Kamal Kami Kamil Kamila Kamilly Kara Karan Kare Kareem Karel Karen Kari Karim Karin \
        Karina Karissa Karl Karla Karlina Karlis Karlo Karlīna Karol Karoliina Karolina Karoline Karolis Karolína \
        Karon Karrie Karsten Karyn Kasey Kasim Kaspar Kaspars Kasper Kassandra Kata Katalin Katariina Katarina \
        Katarína Katarīna Kate Katelyn Katerina Kateřina Katharina Katharine Katherine Katheryn Kathi Kathie \
        Kathleen Kathrine Kathryn Kathy Kati Katica Katie Katina Katja Katrin Katrina Katrīna Katy Kay Kaye Kayla \
        Kaylee Kayleigh Kazim Kazimierz Keely Keisha Keith Keji Kelechi Kelley Kelli Kellie Kelly Kelsey Kelvin \
        Kemal Kendall Kendra Kendrick Kenneth Kenny Keri Kermit Kerri Kerrie Kerry Kerstin Kesha Keshia Kestutis \
        Kevim Kevin Khadija Khoa Kia Kian Kiara Kieran Kilian Killian Kim Kimberlee Kimberley Kimberly Kipras Kira \
        Kirby Kirk Kirsten Kirstin Kirsty Kisha Kjell Kjersti Kjetil Klara Klaudia Klaudie Klaus Klement Klára Knut \
        Kolawole Konrad Konradus Konstantin Konstanty Korede Kori Kornel Kornelia Kornelija Kosisochukwu Kotryna \
        Kris Krisjanis Kriss Krista Kristal Kristaps Kristen Krister Kristers Kristi Kristian Kristiana Kristie \
        Kristiina Kristijan Kristin Kristina Kristine Kristiāna Kristjan Kristoffer Kristopher Krists Kristupas \
        Kristy Kristyna Kristína Kristýna Krisztina Krišjānis Krišs Krystal Krystian Krystle Krystof Krystyna \
        Kryštof Krzysztof Ksawery Kurt Kurtis Kveta Kvetoslava Květa Květoslava Kyara Kyla Kyle Kylie Kyllikki \
        Kyong Kyra Kyung Kåre Kévim Kārlis Kęstutis Laban Lacey Lada Ladislav Ladislava Ladonna Laetitia Laila \
        Laimonis Lais Lajos Lakeisha Lakesha Lakeshia Lakisha Lamar Lamont Lan Lana Landon Laquita Lara Larisa \
        Larissa Larry Lars Lashanda Lashawn Lashonda Lasse Laszlo Latanya Latasha Latif Latisha Latonia Latonya \
        Latosha Latoya Latrice Latricia Laura Laure Laureen Lauren Laurence Laurent Laurenz Lauretta Lauri Laurie \
        Lauris Laurita Laurynas Lavern Laverne Lavina Lavinia Lavize Lavon Lavonne Lavínia Lavīze Lawanda Lawrence \
        Laís Leah Leander Leandra Leandro Leann Leanna Leanne Leatrice Leeann Leena Leif Leigh Leila Leilani Leisa \
        Leja Leke Lela Leland Lelia Lena Lene Leni Lenka Lennart Lenora Lenore Leo Leola Leon Leona Leonard \
        Leonardo Leone Leonel Leonhard Leonie Leonor Leonora Leons Leontina Leontine Leontīne Leopold Leopoldo \
        Leora Leos Leota Leoš Lere Leroy Lesa Lesley Leslie Lessie Lester Leta Letha Leticia Leticija Letitia \
        Lettie Letícia Levi Lewis Leyla Lia Liam Liana Liba Libby Libor Libuse Libuše Lida Lidia Lidija Liene Liepa \
        Liga Ligia Ligita Liisa Lila Lili Lilia Lilian Liliana Liliane Lilija Lilita Lilla Lilli Lillian Lillie \
        Lilly Lina Linas Linda Lindsay Lindsey Lindy Linh Linn Linnea Linnie Linnéa Lino Linus Linwood Lionel Lisa \
        Lisandro Lisbeth Lise Liselotte Lisette Lissette Liv Livia Livio Liwia Liz Liza Lizabeth Lizete Lizette \
        Lizzie Ljiljana Ljubica Ljubov Ljudmila Logan Loic Lois Lola Lolita Lona Lonnie Lora Loraine Lorcan \
        Loredana Loren Lorena Lorene Lorenz Lorenza Lorenzo Loretta Lori Lorie Lorine Lorna Lorraine Lorri Lorrie \
        Lotta Lotte Lottie Lou Louann Louella Louie Louis Louisa Louise Lourdes Lourenco Lourenço Lovisa Lovre \
        Lovro Lowell Loyd Loïc Loïs Luan Luana Luann Luanne Luara Lubomir Lubomír Lubos Luboš Luc Luca Lucas Lucca \
        Luce Lucia Luciana Luciano Lucie Lucien Lucija Lucila Lucile Lucille Lucinda Lucio Lucretia Lucy Lucía \
        Ludek Ludmila Ludovic Ludovica Ludvig Ludvik Ludvík Ludwig Luděk Luella Luigi Luis Luisa Luise Luiza Luka \
        Lukas Lukasz Luke Lukáš Lula Lulu Lumir Lumír Luna Lunna Lupe Lupita Lura Lutfi Luther Luz Luís Luísa Lydia \
        Lydie Lyle Lyn Lynda Lyndsay Lyndsey Lynette Lynn Lynne Lynnette László Léo Léon Lívia Lúcia Lýdie Lėja \
        Lība Līga Līna Līza Lūcija Maarit Mabel Mable Maciej Mack Mackenzie Macs Madalena Madara Madeleine Madeline \
        Madelyn Madge Madison Madonna Mae Maeve Mafalda Magda Magdalena Magdalene Magdaléna Magdolna Maggie Magne \
        Magnus Mahdi Mahmoud Mahmud Mahulena Mai Maida Maie Maija Mairead Maite Maitê Maj Maja Majken Majorie Maks \
        Maksim Maksymilian Malachy Malcolm Malena Malik Malika Malin Malinda Malissa Malle Mallory Malte Malwina \
        Mamie Manda Mandi Mandy Manfred Manon Mantas Mante Mantė Manuel Manuela Manuella Manus Mara Maranda Marc \
        Marcel Marcela Marcelina Marcelino Marcella Marcelle Marcelo Marci Marcia Marcie Marcin Marcio Marco Marcos \
        Marcus Marcy Marek Mareks Maren Margaret Margareta Margarete Margaretha Margarette Margarida Margaud \
        Margaux Marge Margery Margie Margit Margita Margo Margot Margret Margrieta Marguerite Margus Mari Maria \
        Mariah Mariam Marian Mariana Mariane Mariann Marianna Marianne Mariano Maribel Marica Maricela Marie \
        Marietta Marija Marijan Marijana Marika Marilee Marilyn Marilynn Marin Mario Marion Maris Marisa Marisela \
        Marisol Marissa Marit Marita Marite Maritta Maritza Marius Mariusz Marja Marjan Marjatta Marjorie Marjory \
        Markas Marketa Markku Marko Markus Markéta Marla Marlena Marlene Marlon Marlyn Marlys Marnie Marquerite \
        Marquita Marsha Marshall Marta Marte Martha Marthe Martim Martin Martina Martine Marty Martynas Marva \
        Marvin Mary Maryam Maryann Maryanne Marybeth Maryellen Maryjane Marylin Marylou Maryse Massimo Matas Matea \
        Matej Mateja Mateo Mateus Mateusz Matheo Matheus Mathew Mathias Mathieu Mathilda Mathilde Mati Matias \
        Matija Matilda Matilde Matiss Mato Matous Matouš Matteo Matthew Matthias Matthieu Matti Mattia Mattias \
        Mattie Matyas Matyáš Matěj Matīss Maud Maude Maudie Maura Maureen Maurice Mauricio Maurine Maurizio Mauro \
        Maurycy Mavis Maxime Maximilian Maximiliano Maxine Maxwell Maya Maybelle Mayme Maynard Mayra Maysa Mayte \
        Maza Maža Meagan Meaghan Meda Medeja Medėja Meelis Megan Meghan Mehdi Mehmet Mei Meike Melania Melanie \
        Melba Melina Melinda Melisa Melissa Melita Mellisa Mellissa Melodie Melva Melvin Melvina Mercedes Meredith \
        Merike Merle Merlin Merrill Mervin Metod Mette Mia Micael Micaela Micah Micha Michael Michaela Michal \
        Michaël Michał Micheal Michel Michele Michell Michelle Michèle Mieszko Migdalia Migle Miglė Miguel Mihael \
        Mihaela Mihaly Mihels Mihhail Mihkel Mihály Mijo Mika Mikael Mikaela Mike Mikelis Mikels Mikkel Mikko \
        Mikolaj Mikołaj Mikulas Mikuláš Mila Milada Milagros Milana Milda Mildred Milena Milica Milka Milla Millard \
        Millicent Millie Milo Milos Miloslav Miloslava Milosz Miloš Milton Miluse Miluše Mimi Mina Mindaugas Mindy \
        Minerva Minh Minna Minnie Mira Miranda Mirco Mirdza Mireille Mirella Mireya Miriam Mirja Mirjam Mirjana \
        Mirko Mirna Miro Miroslav Miroslava Mirta Mislav Missy Misti Mitchel Mitchell Mittie Mitzi Miķelis Miłosz \
        Mladen Modesta Modesto Modris Mohamed Mohammad Mohammed Moira Moises Mojmir Mojmír Mollie Molly Mona Monica \
        Monika Monique Monroe Monte Monty Morena Moritz Morris Morten Moses Mozelle Muhammad Muni Muriel Murilo \
        Murray Mustafa Myles Myra Myriam Myrna Myron Myrtis Márcio Mário Märta Mélanie Mónica Mónika Māra Māris \
        Mārīte Nabil Nada Nadezda Nadežda Nadia Nadin Nadine Nadja Naděžda Naglis Naiara Nair Najam Nakia Nam Nan \
        Nana Nanci Nanette Nanna Nanni Nannie Naoise Naomh Naomi Narcisa Natalia Natalie Natalija Natalja Natan \
        Natanael Nataniel Natasa Natascha Natasha Natasza Nataša Nath Nathalie Nathan Nathaniel Natividad Natália \
        Natálie Natālija Neal Ned Nedas Nedra Neil Nela Nelda Nell Nella Nellie Nelly Nelson Nenad Nereida Nerijus \
        Neringa Nestor Nettie Neva Nevenka Ngoc Ngozi Ngọc Nhat Nhien Nhiên Nhật Niall Niamh Nichola Nicholas \
        Nichole Nick Nicki Nicklas Nickolas Nico Nicola Nicolai Nicolas Nicole Nicolás Nidia Niels Nigel Niina Nika \
        Niki Nikita Nikki Niklas Niko Nikodem Nikol Nikola Nikolai Nikolaj Nikolajs Nikolas Nikolaus Nikoletta \
        Nikolina Niks Niksa Nikša Nila Nilda Nils Nina Nino Nisa Nita Niyilolawa Nkiruka Nnamdi Nneka Noa Noah Noe \
        Noelia Noelle Noemi Noemí Nojus Nola Nolan Nona Nonso Noor Nora Norah Norbert Noreen Norma Norman Normunds \
        Norris Noé Noémi Noëlle Nuala Nuno Nuria Nydia Nádia Nóra Núria Oba ObaniJesu Obianuju Obinna Oceane \
        Octavia Octavio Océane Oda Odell Odette Ofelia Ogechi Ogooluwa Oisin Oke Okechukwu Ola Oladare Oladimeji \
        Olaf Olakunle Olanrewaju Olansile Olav Olavi Oldrich Oldřich Ole Oleg Oleta Olga Olgerts Olgierd Olimpia \
        Oliver Olivia Olivie Olivier Olivija Oliwier Olle Ollie Olof Olov Oluchi Olumorotimi Oluwafemi Oluwagbemiga \
        Oluwamuyiwa Oluwasanmi Oluwasegun Oluwole Olívia Oma Omar Omobobola Omotayo Ona Ondrej Ondřej Oni Onyinye \
        Oonagh Ophelia Ora Oralia Orestas Orla Orlaith Ornella Orville Orvokki Oscar Oskar Oskari Oskars Osman \
        Osunleke Osvaldo Osvalds Otakar Otavio Otilia Otilija Otis Oto Otto Otylie Otávio Otýlie Otīlija Ove Owen \
        Oxana Oystein Oyvind Ozioma Oļģerts Pablo Padraic Padraig Paivi Paloma Pam Pamala Pamela Paola Paolo Parker \
        Pascal Pascale Pascual Pasquale Patric Patrica Patrice Patricia Patricie Patricio Patrick Patrik Patrizia \
        Patryk Patrícia Patti Pattie Paul Paula Paulette Pauliina Paulina Pauline Paulius Paulo Pauls Paulīna \
        Pauric Pavao Pavel Pavla Pavlina Pavlína Pawel Paweł Peadar Pearlie Pearline Pearse Peder Pedro Peeter \
        Peggie Peggy Pekka Penelope Percy Perla Pero Perry Petar Pete Peter Peteris Petr Petra Petras Petri \
        Petronela Petter Petteri Phil Philip Philipp Philippe Philippine Phillip Phillis Philomena Phuc Phuong \
        Phylis Phyliss Phyllis Phúc Phương Pia Pierre Pietra Pietro Pijus Pilar Piotr Piret Pirjo Polly Porfirio \
        Portia Povilas Premysl Preston Pricilla Priit Priscilla Przemyslaw Przemysław Päivi Pénélope Pía Pēteris \
        Přemysl Qadim Qasim Quang Quentin Quincy Quinton Rachael Racheal Rachel Rachelle Radek Radim Radka Radomir \
        Radomír Radoslav Radoslaw Radosław Radovan Radvile Radvilė Rae Rael Rafael Rafaela Rafal Rafał Rafi Ragna \
        Ragnar Ragnhild Raimonds Raisa Raivis Raivo Ralf Ralph Rama Raminta Ramiro Ramon Ramona Ramunas Ramune \
        Ramunė Ramón Ramūnas Rana Randal Randall Randi Randolph Raphael Raphaël Raquel Rasa Rasma Rasmus Raul Ravi \
        Ravy Rayan Raymond Raúl Reba Rebeca Rebecca Rebeka Rebekah Reda Reece Reet Reggie Regina Reginald Regína \
        Regīna Reidun Reina Reinaldo Reinhold Reinis Remy Rena Renae Renan Renata Renate Renato Rene Renee Renita \
        Renáta René Renée Reta Retha Reuben Reva Rex Reyna Reynaldo Reza Rhavi Rhiannon Rhoda Rhonda Rhys Ria \
        Ricarda Ricardas Ricardo Ricards Richard Richelle Rickard Rickey Rickie Ricky Rico Rigoberto Rihards Riina \
        Riitta Riley Rimante Rimantė Rina Rita Ritva Ričardas Ričards Robbie Robbin Robby Robert Roberta Robertas \
        Roberto Roberts Robyn Rocco Rochelle Rocio Rocío Roderick Rodger Rodney Rodolfo Rodrigo Rogelio Roger Rohan \
        Roisin Rojus Rokas Roko Roksana Roland Rolandas Rolando Rolands Rolf Roma Romain Romana Romano Romeo Romina \
        Romona Romuald Romualdas Romy Ron Rona Ronald Ronan Ronda Ronja Ronnie Ronny Roosevelt Rory Rosa Rosalba \
        Rosalee Rosalia Rosalie Rosalina Rosalind Rosalinda Rosalva Rosalyn Rosanna Rosanne Rosaria Rosario Rosaura \
        Roscoe Roseann Roseanna Roseanne Rosella Roselyn Rosemarie Rosetta Rosie Rosina Rosita Roslyn Ross \
        Rostislav Rowan Rowena Roxana Roxane Roxann Roxanna Roxanne Roxie Roy Royce Roza Rozalia Rozalija Rozália \
        Ruairi Ruben Rubye Rubén Rudi Rudite Rudolf Rudolfs Rudolph Rudy Rudīte Rufino Rufus Rugile Rugilė Rui \
        Rusne Rusnė Russel Russell Ruta Rute Ruth Ruthann Ruthie Ruza Ruzena Ruzica Ruža Ružica Ryan Ryszard Ryte \
        Rytis Rytė Rémy Róbert Róża Rúben Rūdolfs Rūta Růžena Saadat Sabina Sabine Sabri Sabrina Sabína Sacha Sadie \
        Sakari Sallie Salma Salome Salomé Salvador Salvatore Sam Samanta Samantha Samatha Sami Samir Samira Sammie \
        Sammy Samu Samuel Sandi Sandis Sandor Sandra Sandrine Sandro Sanford Sanita Sanja Sanjuana Sanjuanita Sanna \
        Sanne Santa Santos Sapa Sara Sarah Sarita Sarka Sarmite Sarmīte Sarunas Sasa Sasha Saskia Saul Saulius \
        Saundra Saša Scarlett Scot Scott Scotty Seamus Sean Sebastian Sebastiano Sebastiao Sebastien Sebastián \
        Sebastião Selena Selina Selma Sepp Seppo Serafina Serena Sergei Sergej Sergey Sergio Seth Severin Severino \
        Seye Shameka Shana Shanda Shane Shania Shanna Shannan Shannon Shanon Shanta Shante Shantel Shara Shari \
        Sharla Sharlene Sharon Sharonda Sharron Sharyn Shaun Shauna Shawn Shawna Shayla Shayna Sheena Sheila \
        Shekoni Shelby Sheldon Shelia Shelley Shelli Shellie Shelly Sheree Sheri Sherie Sherita Sherman Sherri \
        Sherrie Sherrill Sheryl Shiela Shirlene Shirley Shona Shonda Sian Sidney Sigita Signe Sigrid Sigurd Siim \
        Sijuade Silas Silje Silke Silva Silvana Silvester Silvia Silvie Silvija Silvio Simao Simas Sime Simen Simon \
        Simona Simonas Simone Simão Sindre Sinead Sinikka Sinisa Siniša Sintija Siobhan Sirje Sissel Siti Siv \
        Skaidrite Skaidrīte Slavena Slavica Slavko Slavomir Slavomír Slavěna Slobodan Smilte Smiltė Snjezana \
        Snježana Socorro Sofia Sofie Sofía Soledad Solomon Solveig Solvita Somadina Somtochukwu Sona Sondra Sondre \
        Sonia Sonja Sonya Sophia Sophie Soraia Soraya Sorcha Soren Soňa Spencer Stacey Staci Stacia Stacie Stacy \
        Stan Stana Stanislav Stanislava Stanislavs Stanislaw Stanisław Starla Staņislavs Stefan Stefani Stefania \
        Stefanie Stefanija Stefano Stefica Steinar Stela Stella Sten Stepan Stepanka Stephan Stephane Stephanie \
        Stephany Stephen Stephenie Steve Steven Stewart Stian Stig Stina Stine Stjepan Stuart Stéphane Stéphanie \
        Susan Susana Susann Susanna Susannah Susanne Susie Suzan Suzana Suzanna Suzanne Suzette Svatopluk Svatoslav \
        Svea Svein Sven Sverre Svetlana Světlana Sybil Sylvester Sylvia Sylvie Sylwia Synnove Synnøve Szymon Sándor \
        Sára Sébastien Sérgio Sören Tabatha Tabitha Tadas Tade Tadeas Tadeusz Tadeáš Tage Tahir Tajus Tali Talia \
        Tamanna Tamara Tamas Tameka Tamela Tamera Tami Tamika Tammi Tammie Tammy Tamra Tamás Tana Tania Tanisha \
        Tanja Tanya Tapani Tapio Tara Tarmo Taryn Tasha Tatiana Tatjana Tautvydas Tawana Tawanda Tawnya Taylor Ted \
        Teddy Tekla Tellervo Temidayo Tena Tenis Teodor Teodora Teodoro Teodors Tera Terence Teresa Terese Teresia \
        Teresita Teressa Tereza Terezia Terezija Teri Terje Terra Terrance Terrell Terrence Terri Terrie Terézia \
        Tess Tessa Tessie Thaddeus Thales Thanh Thao Thea Theda Thelma Theo Theodor Theodora Theodore Theodoro \
        Theophile Theresa Therese Theresia Thi Thiago Thibault Thibaut Thierry Thomas Thor Thurman Thuy Thành Théo \
        Théodore Théophile Thérèse Thảo Tia Tiago Tiana Tibor Tiffani Tiffanie Tiffany Tiina Tiit Tiiu Tillie Tim \
        Timea Timmy Timo Timotej Timoteo Timothee Timothy Timothée Tina Tindra Tisha Titas Tiziana Tiziano Tobias \
        Tobiasz Toby Todd Toki Tokunbo Tola Tom Tomas Tomasa Tomasz Tomi Tomislav Tommie Tommy Tomo Tomori Tomás \
        Tomáš Toni Tonia Tonja Tonje Tonny Tonu Tony Tonya Toomas Torben Torbjorn Torbjørn Tori Torill Torsten \
        Tosha Tove Toya Tracey Traci Tracie Tracy Travis Trena Trent Trenton Tresa Tressa Treva Trevor Tricia Triin \
        Trina Trine Trinidad Trisha Trista Tristan Trond Trong Trudy Truman Trung Trīne Trọng Tung Turid Tuula \
        Tuulikki Twila Twyla Tyler Tymon Tymoteusz Tyra Tyrone Tyson Tõnu Tùng Uche Uchenna Ugne Ugnė Ugo Ujunwa \
        Uldis Ulf Uli Ulla Ulle Ulrik Ulrika Ulrike Ulysses Umar Unni Urmas Ursula Urszula Vaclav Vada Vagn Vaida \
        Vaidas Vakare Vakarė Vakris Valarie Valda Valdemar Valdis Valentim Valentin Valentina Valentino Valentín \
        Valentína Valentīna Valeri Valeria Valerie Valerio Valija Valorie Valter Valéria Valérie Vance Vanda Vanesa \
        Vanessa Vanja Vanya Vasare Vasarė Vasco Vasyl Vaughn Veda Vedran Vega Vegard Veikko Vejune Velda Veli Vello \
        Velma Velta Vendula Veneranda Venessa Venita Venus Vera Verda Verena Verla Vern Verna Vernell Verner \
        Vernice Vernon Veronica Veronika Veronique Verónica Vesna Vesta Vicenta Vicente Vickey Vicki Vickie Vicky \
        Victoire Vida Vidar Viesturs Vigilija Vija Vikki Viktor Viktoria Viktorie Viktorija Viktors Viktória Vilde \
        Vilem Vilhelm Vilis Vilius Ville Vilma Vilnis Vilte Viltė Vilums Vilém Vince Vincent Vincenza Vincenzo \
        Vineta Vinicius Vinícius Violeta Violetta Virgie Virgil Virgilio Virgina Virginie Visvaldis Vit Vita \
        Vitalija Vitezslav Vito Vitor Vitoria Vittorio Vitória Vivian Viviana Viviane Vivien Viļums Vjekoslav \
        Vladimir Vladimira Vladimír Vladimíra Vladislav Vladislavs Vlado Vlasta Vlastimil Vojtech Vojtěch Voldemars \
        Voldemārs Vonda Vratislav Vytautas Vyte Vytė Václav Véronique Vít Vítor Vítězslav Vėjūnė Věra Wahab \
        Waldemar Wallace Walter Wanda Wayne Weldon Wenche Wendell Wendi Wendy Werner Wesley Whitney Wiktor Wilbert \
        Wilbur Wilda Wiley Wilfred Wilfredo Wilhelm Wilhelmina Willa Willard William Williams Willie Willis Willy \
        Wilma Wilmer Wilson Winfred Winifred Winnie Winnifred Winona Winston Witold Wojciech Woodrow Wyatt Xavier \
        Xenia Xiomara Xuan Xuân Yadira Yago Yahya Yan Yannick Yara Yasmin Yasmina Yasmine Yassin Yesenia Ylva Yngve \
        Yolanda Yong Youssef Yrsa Yuri Yusuf Yves Yvette Yvonne Zacarias Zacarías Zacharie Zachary Zachery Zahra \
        Zaira Zakaria Zane Zaneta Zanis Zara Zayan Zbynek Zbyněk Zdenek Zdenka Zdenko Zdeněk Zdeňka Zdislava \
        Zdravko Zelda Zeljka Zeljko Zella Zelma Zemyna Zenaida Zenta Zeynep Ziedonis Zigrida Zigrīda Zikmund Zina \
        Zita Zivile Zlatko Zoe Zoey Zofie Zoila Zoltan Zoltán Zora Zoraida Zoran Zorka Zoé Zsolt Zsuzsanna Zuzana \
        Zvonko Zygimantas Ágatha Ágnes Álvaro Ángela Ánh Áron Ângela Ângelo Åke Åsa Åse Édith Édouard Élisabeth \
        Élise Élodie Éléonore Émile Émilie Éric Érica Étienne Éva Ísis Óliver Óscar Øystein Øyvind Úrsula Ülle \
        Ādams Ādolfs Ārija Ąžuolas Đuro Đurđica Ērika Ēriks Ēvalds Ģederts Łukasz Šarūnas Šime Šimon Štefan \
        Štefanija Štefica Štěpán Štěpánka Šárka Žaneta Žanis Željka Željko Žemyna Živilė Žofie Žygimantas
        """

    /// Names that are words or places as well.
    static let ambiguous: StaticString = """
        Abbey Ada Adelaide Adélaïde Ales Alexa Alexandria Aleš Aline Alpha Amber Amir Angel Ani Ante Ants April Art \
        Asia August Aura Austin Autumn Barb Barney Basil Beau Belle Bent Beryl Bill Birdie Blanch Blessing Bob \
        Bonnie Bonny Bozo Božo Brad Brain Brandy Brook Buddy Candy Carmine Carol Carolina Chad Charity Chase \
        Chastity Chelsea Cherry Chester Chi Christen Christian Chuck Claude Clay Clement Cliff Colleen Comfort \
        Coral Corona Coy Crystal Curt Daisy Dale Dallas Dawn Dean Denver Derrick Destiny Devon Dick Dirk Dolly Don \
        Drew Dung Dũng Earl Earnest Ebony Eddy Edit Else Emery Era Ester Eve Faith Fanny Fawn Fern Flora Florence \
        Florin Frank Gale Garland Garnet Gay Gene Geneva Georgia Ginger Girts Glen Grace Grant Gun Guy Hazel Heath \
        Heather Hector Holly Homer Hope Hung Hunter Héctor Hưng India Iris Israel Ivory Ivy Jade Jasmine Jasper Jay \
        Jewel Job Jordan Josh Joy Julia June Junior Júlia Ken Kent Kenya Kitty Lacy Lam Lance Lane Laurel Lea Lee \
        Lily Line Lloyd Lâm Léa Made Mads Magnolia Mar Mare Margarita Maria Marina Marine Mark Marlin Martin \
        Martins Martín María Marína Mason Mate Mats Matt Max Maxim May Melody Mercy Merry Meta Mickey Milan Mile \
        Miles Misty Morgan Myrtle Mária Mārtiņš Nancy Noel Nova Novella Noël Numbers Odd Odessa Olive Opal Orlando \
        Paige Pal Pansy Pat Patience Patsy Patty Peace Pearl Penny Peter Phoebe Pierce Precious Princess Prudence \
        Pål Péter Queen Randy Raven Ray Reed Rein Rhea Rick Roar Rob Robin Rocky Rod Roman Rose Rosemary Ruby Rune \
        Rusty Rut Saga Said Sally Sander Sandy Santiago Sari Savannah Serge Sherry Sierra Siri Son Sonata Sonny \
        Soon Stanley Stein Sterling Sue Summer Sun Sunny Sydney Tea Terry Tiara Tilde Tine Tome Toms Tomé Tone Tor \
        Tore Troy Urban Valencia Valentine Van Victor Victoria Victória Viola Violet Virginia Vân Víctor Wade Wadi \
        Ward Warren Will Windy Yen Young Yến Ángel Íris Ģirts
        """
}
